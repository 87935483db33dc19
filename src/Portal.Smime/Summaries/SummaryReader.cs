using MimeKit;

namespace Portal.Smime;

/// <summary>Reads a summary from a message, however malformed.</summary>
internal static class SummaryReader
{
    private const int MaximumSubject = 256;
    private const int MaximumName = 80;
    private const int MaximumAddress = 254;
    private const int MaximumId = 200;
    private const int MaximumAuth = 240;
    private const int References = 5;
    private const int Senders = 3;
    private const int Receivers = 8;

    public static MessageSummary Read(SealingRequest request, HeaderSection header)
    {
        var (text, attachments) = MimeOutline.Read(request.Original, header);
        return new MessageSummary
        {
            From = Addresses(header, "From", Senders),
            To = Addresses(header, "To", Receivers),
            Subject = ForeignHeader.Text(header, "Subject") is { } subject ? SummaryText.OneLine(subject, MaximumSubject) : null,
            Date = ForeignHeader.Date(header),
            MessageId = Ids(header, "Message-ID").FirstOrDefault(),
            InReplyTo = Ids(header, "In-Reply-To").FirstOrDefault(),
            References = [.. Ids(header, "References").TakeLast(References)],
            Text = text,
            Attachments = attachments,
            Auth = Auth(request.TraceHeaders),
        };
    }

    private static List<SummaryAddress> Addresses(HeaderSection header, string field, int most) =>
        [.. ForeignHeader.Addresses(header, field).Where(static one => one.Address.Length is > 0 and <= MaximumAddress).Take(most).Select(ToAddress)];

    private static SummaryAddress ToAddress(MailboxAddress mailbox) =>
        new(SummaryText.OneLine(mailbox.Name, MaximumName), SummaryText.OneLine(mailbox.Address, MaximumAddress));

    private static IEnumerable<string> Ids(HeaderSection header, string field) =>
        ForeignHeader.MessageIds(header, field).Where(static id => id.Length is > 0 and <= MaximumId).Select(static id => SummaryText.OneLine(id, MaximumId));

    // RFC 8601 section 2.2: authserv-id, then "; method=result …" as often as needed.
    private static string? Auth(string traceHeaders)
    {
        const string Name = "Authentication-Results:";
        var start = traceHeaders.StartsWith(Name, StringComparison.OrdinalIgnoreCase)
            ? 0
            : traceHeaders.IndexOf("\r\n" + Name, StringComparison.OrdinalIgnoreCase) + 2;
        if (start == 1)
        {
            return null;
        }

        var value = traceHeaders.AsSpan(start + Name.Length);
        var end = 0;
        do
        {
            var lineEnd = value[end..].IndexOf("\r\n");
            end = lineEnd < 0 ? value.Length : end + lineEnd + 2;
        }
        while (end < value.Length && value[end] is ' ' or '\t');

        var semicolon = value[..end].IndexOf(';');
        return semicolon < 0 ? null : SummaryText.OneLine(value[(semicolon + 1)..end], MaximumAuth);
    }
}
