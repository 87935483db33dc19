namespace Portal.Platform.SystemMail;

/// <summary>What one message of the portal's own says; <see cref="SystemMailLayout"/> makes text and HTML of it.</summary>
/// <param name="Kind">Which template, as <c>verify-email</c>; at most 40 characters.</param>
/// <param name="Recipient">In the one spelling of addresses.</param>
/// <param name="Subject">Bland: it stands in clear on other people's servers.</param>
/// <param name="Paragraphs">Plain text; what happened, then what to do.</param>
/// <param name="Action">The one link, if any.</param>
/// <param name="Life">After this it is void: not sent any more, not kept.</param>
internal sealed record SystemMailContent(
    string Kind, string Recipient, string Subject, IReadOnlyList<string> Paragraphs, SystemMailAction? Action, TimeSpan Life);

/// <param name="Label">A verb and its object, as “Confirm the address”.</param>
/// <param name="Path">Absolute path of this portal, with the link's token.</param>
internal sealed record SystemMailAction(string Label, string Path);
