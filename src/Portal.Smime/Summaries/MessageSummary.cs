namespace Portal.Smime;

/// <summary>What a message list shows. Everything in it came from strangers and has been cut to a bounded length.</summary>
internal sealed record MessageSummary
{
    public required IReadOnlyList<SummaryAddress> From { get; init; }

    public required IReadOnlyList<SummaryAddress> To { get; init; }

    public required string? Subject { get; init; }

    public required DateTimeOffset? Date { get; init; }

    /// <summary>Without angle brackets, like the other ids.</summary>
    public required string? MessageId { get; init; }

    public required string? InReplyTo { get; init; }

    /// <summary>The last few, newest last.</summary>
    public required IReadOnlyList<string> References { get; init; }

    public required string Text { get; init; }

    public required IReadOnlyList<SummaryAttachment> Attachments { get; init; }

    /// <summary>Results of our Authentication-Results field, without the server's name; null when there is none.</summary>
    public required string? Auth { get; init; }
}

/// <param name="Name">Display name; empty when there is none.</param>
internal sealed record SummaryAddress(string Name, string Address);

/// <param name="Name">File name; empty when there is none.</param>
/// <param name="Type">Media type, lower case.</param>
/// <param name="Size">Decoded size in bytes.</param>
internal sealed record SummaryAttachment(string Name, string Type, long Size);
