using System.Text;
using Portal.Mail.Smtp.Replies;

namespace Portal.Mail.Smtp.Commands;

/// <summary>auth = "AUTH" SP sasl-mech [SP initial-response] CRLF (RFC 4954 section 4)</summary>
/// <param name="InitialResponse">In base64; null when there is none, empty when it is "=". Valid as long as the line it lies in.</param>
internal sealed record AuthCommand(string Mechanism, ReadOnlyMemory<byte>? InitialResponse) : SmtpCommand(SmtpVerb.Auth)
{
    /// <summary>sasl-mech = 1*20mech-char (RFC 4422 section 3.1)</summary>
    private const int MaxMechanism = 20;

    /// <param name="line">Begins with the four letters, in any case.</param>
    public static Parsed Parse(ReadOnlyMemory<byte> line)
    {
        var rest = line[4..].TrimEnd(" \t"u8);
        if (!rest.IsEmpty && rest.Span[0] != ' ')
            return Refusals.UnknownCommand;
        return ParseRest(rest.TrimStart((byte)' ')) with { Verb = SmtpVerb.Auth };
    }

    private static Parsed ParseRest(ReadOnlyMemory<byte> rest)
    {
        if (rest.IsEmpty)
            return Refusals.ArgumentMissing;
        var space = rest.Span.IndexOf((byte)' ');
        var mechanism = space < 0 ? rest : rest[..space];
        // Anything longer is no mechanism, and may be a password out of place: it is not made a string.
        if (mechanism.Length > MaxMechanism)
            return SubmissionRefusals.AuthMechanism;
        var name = Encoding.Latin1.GetString(mechanism.Span).ToUpperInvariant();
        if (space < 0)
            return new AuthCommand(name, null);
        var initial = rest[space..].TrimStart((byte)' ');
        return new AuthCommand(name, initial.Span is [(byte)'='] ? ReadOnlyMemory<byte>.Empty : initial);
    }
}
