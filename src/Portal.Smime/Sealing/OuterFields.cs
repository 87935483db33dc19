namespace Portal.Smime;

/// <summary>The values of the fields that stand outside, as written there but unfolded; null when a field is absent.</summary>
public sealed record OuterFields(string? From, string? To, string? Cc, string Date, string? Subject, string? MessageId);
