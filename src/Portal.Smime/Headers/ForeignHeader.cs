using System.Text;
using MimeKit;
using MimeKit.Utils;

namespace Portal.Smime;

/// <summary>
/// Header values written by strangers, read with MimeKit. Nothing here fails: what cannot be read is empty or null.
/// The amount looked at is capped, so that one field cannot cost more than its share.
/// </summary>
internal static class ForeignHeader
{
    private const int MaximumText = 8 * 1024;
    private const int MaximumAddresses = 128 * 1024;

    private static readonly ParserOptions Options = ParserOptions.Default;

    /// <summary>All mailboxes of an address field, groups flattened.</summary>
    public static IReadOnlyList<MailboxAddress> Addresses(HeaderSection header, string name)
    {
        if (header.Find(name) is not { } field)
        {
            return [];
        }

        return Guard<IReadOnlyList<MailboxAddress>>(
            () => InternetAddressList.TryParse(Options, header.Buffer, field.ValueStart, Length(field, MaximumAddresses), out var list)
                ? [.. list.Mailboxes]
                : [.. OneByOne(header.Buffer, field.ValueStart, Length(field, MaximumAddresses))],
            []);
    }

    /// <summary>Whether an address field is a list from beginning to end, and every mailbox of it is accepted. A list of empty groups is one.</summary>
    public static bool IsAddressList(HeaderSection header, HeaderField field, Func<MailboxAddress, bool> accepts) =>
        field.End - field.ValueStart <= MaximumAddresses && Guard(
            () => InternetAddressList.TryParse(Options, header.Buffer, field.ValueStart, field.End - field.ValueStart, out var list) && list.Mailboxes.All(accepts), false);

    // One malformed entry makes a whole list unreadable; its good neighbours are still wanted.
    private static IEnumerable<MailboxAddress> OneByOne(byte[] buffer, int start, int length)
    {
        var quoted = false;
        var end = start + length;
        for (var position = start; position <= end; position++)
        {
            if (position < end && (quoted || buffer[position] != ','))
            {
                quoted ^= buffer[position] == '"' && buffer[position - 1] != '\\';
                continue;
            }

            if (MailboxAddress.TryParse(Options, buffer, start, position - start, out var mailbox))
            {
                yield return mailbox;
            }

            start = position + 1;
        }
    }

    /// <summary>Unstructured text with encoded words decoded (RFC 2047) and 8-bit bytes taken as UTF-8 or Latin-1; null when absent.</summary>
    public static string? Text(HeaderSection header, string name) =>
        header.Find(name) is { } field ? Guard(() => Rfc2047.DecodeText(Options, header.Buffer, field.ValueStart, Length(field, MaximumText)), "") : null;

    /// <summary>What readers make of a value in ASCII: encoded words decoded.</summary>
    public static string Decode(string ascii) => Guard(() => Rfc2047.DecodeText(Options, Encoding.ASCII.GetBytes(ascii)), "");

    public static DateTimeOffset? Date(HeaderSection header) =>
        header.Find("Date") is { } field
            ? Guard<DateTimeOffset?>(() => DateUtils.TryParse(header.Buffer, field.ValueStart, Length(field, MaximumText), out var date) ? date.ToUniversalTime() : null, null)
            : null;

    /// <summary>Message ids without their angle brackets, in order.</summary>
    public static IReadOnlyList<string> MessageIds(HeaderSection header, string name)
    {
        if (header.Find(name) is not { } field)
        {
            return [];
        }

        // The newest references stand last.
        var length = Length(field, MaximumText);
        return Guard<IReadOnlyList<string>>(() => [.. MimeUtils.EnumerateReferences(header.Buffer, field.End - length, length)], []);
    }

    public static ContentType? ContentType(HeaderSection header) =>
        header.Find("Content-Type") is { } field
            ? Guard<ContentType?>(() => MimeKit.ContentType.TryParse(Options, header.Buffer, field.ValueStart, Length(field, MaximumText), out var type) ? type : null, null)
            : null;

    public static ContentDisposition? Disposition(HeaderSection header) =>
        header.Find("Content-Disposition") is { } field
            ? Guard<ContentDisposition?>(() => ContentDisposition.TryParse(Options, header.Buffer, field.ValueStart, Length(field, MaximumText), out var disposition) ? disposition : null, null)
            : null;

    private static int Length(HeaderField field, int maximum) => Math.Min(field.End - field.ValueStart, maximum);

    // MimeKit's Try methods are meant not to throw. Should one do so for some bytes, the mail must still arrive.
    private static T Guard<T>(Func<T> read, T otherwise)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is FormatException or ArgumentException or InvalidOperationException or IndexOutOfRangeException or OverflowException or NotSupportedException)
        {
            return otherwise;
        }
    }
}
