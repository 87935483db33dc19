using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MimeKit.Utils;

namespace Portal.Smime;

/// <param name="MayUse">Whether the sender may write in the name of an address: <c>local@domain</c>, the domain in A-labels.</param>
/// <param name="Now">For a Date that is missing or cannot be read.</param>
public sealed record SubmissionRules(Func<string, bool> MayUse, DateTimeOffset Now);

/// <summary>
/// A message as a mail program handed it in, brought into shape by RFC 6409 section 8: what is missing is put in front, what must not
/// travel (Bcc, Return-Path) or cannot be read (a broken Date or Message-ID) is left out. The rest is never copied. Disposing clears
/// what was added.
/// </summary>
public sealed class SubmittedMessage : IDisposable
{
    private static readonly string[] NeverTravel = ["Bcc", "Resent-Bcc", "Return-Path"];

    private readonly byte[] added;

    private SubmittedMessage(byte[] added, ReadOnlySequence<byte> content, bool hadMessageId) =>
        (this.added, Content, HadMessageId) = (added, content, hadMessageId);

    /// <summary>Valid as long as the message that it was made of, and until disposed.</summary>
    public ReadOnlySequence<byte> Content { get; }

    /// <summary>Whether the Message-ID is the mail program's own: only then a second copy can be told from a new message.</summary>
    public bool HadMessageId { get; }

    /// <param name="original">CRLF line endings.</param>
    /// <param name="fault">Set when the result is null.</param>
    public static SubmittedMessage? Prepare(in ReadOnlySequence<byte> original, SubmissionRules rules, out SubmissionFault fault)
    {
        using var header = HeaderSection.Read(original, MessageSealer.HeaderLimit);
        if (FaultOf(header, rules.MayUse, out var from, out var sender) is { } found)
        {
            fault = found;
            return null;
        }

        fault = default;
        var keptDate = FirstWhere(header, "Date", static (section, field) => DateUtils.TryParse(section.Buffer, field.ValueStart, field.End - field.ValueStart, out _));
        var keptId = FirstWhere(header, "Message-ID", static (section, field) => MimeUtils.EnumerateReferences(section.Buffer, field.ValueStart, field.End - field.ValueStart).Any());
        var author = from!.Addresses.First();
        var fields = new StringBuilder();
        if (keptDate is null)
            fields.Append(CultureInfo.InvariantCulture, $"Date: {rules.Now.ToUniversalTime():ddd, d MMM yyyy HH:mm:ss} +0000\r\n");
        if (keptId is null)
            fields.Append(CultureInfo.InvariantCulture, $"Message-ID: <{RandomNumberGenerator.GetHexString(32, lowercase: true)}@{author[(author.LastIndexOf('@') + 1)..]}>\r\n");
        // RFC 5322 section 3.6.2: several authors, one who sent.
        if (sender is null && from.Mailboxes.Count > 1)
            fields.Append(CultureInfo.InvariantCulture, $"Sender: <{author}>\r\n");
        AuthorField?[] rewritten = [from.IsPlain ? null : from, sender is { IsPlain: false } ? sender : null];
        foreach (var field in rewritten)
            fields.Append(field?.Write());
        var front = Encoding.ASCII.GetBytes(fields.ToString());
        var dropped = Dropped(header, keptDate, keptId, [.. NeverTravel, .. rewritten.Select(field => field?.Name).OfType<string>()]);
        return new SubmittedMessage(front, Joined(front, original, dropped), keptId is not null);
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(added);

    private static SubmissionFault? FaultOf(HeaderSection header, Func<string, bool> mayUse, out AuthorField? from, out AuthorField? sender)
    {
        (from, sender) = (null, null);
        var froms = All(header, "From");
        var senders = All(header, "Sender");
        if (!header.IsWellFormed)
            return SubmissionFault.HeaderMalformed;
        if (froms.Count == 0)
            return SubmissionFault.FromMissing;
        if (froms.Count > 1 || senders.Count > 1)
            return SubmissionFault.FromRepeated;
        from = AuthorField.Read(header, froms[0], "From");
        sender = senders.Count == 0 ? null : AuthorField.Read(header, senders[0], "Sender");
        if (from is null || (senders.Count == 1 && sender is not { Mailboxes.Count: 1 }))
            return SubmissionFault.FromMalformed;
        return from.Addresses.Concat(sender?.Addresses ?? []).All(mayUse) ? null : SubmissionFault.FromNotOwn;
    }

    private static List<HeaderField> All(HeaderSection header, string name) => [.. header.Fields.Where(field => Is(header, field, name))];

    private static HeaderField? FirstWhere(HeaderSection header, string name, Func<HeaderSection, HeaderField, bool> isGood)
    {
        foreach (var field in header.Fields)
        {
            if (Is(header, field, name) && isGood(header, field))
                return field;
        }

        return null;
    }

    private static bool Is(HeaderSection header, HeaderField field, string name) =>
        Ascii.EqualsIgnoreCase(header.Buffer.AsSpan(field.Start, field.NameLength), name);

    private static IEnumerable<HeaderField> Dropped(HeaderSection header, HeaderField? keptDate, HeaderField? keptId, string[] names) => header.Fields.Where(field =>
        Array.Exists(names, name => Is(header, field, name))
        || (Is(header, field, "Date") && field != keptDate)
        || (Is(header, field, "Message-ID") && field != keptId));

    /// <summary>What is in front, then the original without some of its fields: a chain over the original's own memory.</summary>
    private static ReadOnlySequence<byte> Joined(byte[] front, in ReadOnlySequence<byte> original, IEnumerable<HeaderField> dropped)
    {
        var chain = new Link(front, null);
        var (first, last) = (chain, chain);
        long position = 0;
        foreach (var field in dropped)
        {
            last = last.Append(original.Slice(position, field.Start - position));
            position = field.End;
        }

        last = last.Append(original.Slice(position));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Link : ReadOnlySequenceSegment<byte>
    {
        public Link(ReadOnlyMemory<byte> memory, Link? previous)
        {
            Memory = memory;
            if (previous is null)
                return;
            RunningIndex = previous.RunningIndex + previous.Memory.Length;
            previous.Next = this;
        }

        public Link Append(in ReadOnlySequence<byte> more)
        {
            var last = this;
            foreach (var part in more)
                last = new Link(part, last);
            return last;
        }
    }
}
