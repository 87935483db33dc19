using Portal.Mail.Smtp.Replies;

namespace Portal.Mail.Smtp.Commands;

/// <summary>Finds the verb of a line and hands the rest to that command's grammar. Verbs are case-insensitive (RFC 5321 section 2.4).</summary>
internal static class CommandGrammar
{
    private static readonly HashSet<string> KnownElsewhere = new(StringComparer.OrdinalIgnoreCase)
    {
        "AUTH", "BDAT", "BURL", "ETRN", "ATRN", "TURN", "EXPN", "SEND", "SOML", "SAML", "LHLO", "XCLIENT", "XFORWARD",
    };

    /// <summary>command = verb [SP argument] (RFC 5321 section 4.1.1)</summary>
    /// <param name="line">Without its CRLF.</param>
    /// <param name="knowsAuth">MAIL may have the parameter AUTH.</param>
    public static Parsed Parse(string line, bool knowsAuth = false)
    {
        foreach (var c in line)
        {
            if (char.IsControl(c) && c != '\t')
                return Refusals.LineNotText;
        }

        // Trailing white space is tolerated (RFC 5321 section 4.1.1).
        var text = line.AsSpan().TrimEnd(" \t");
        var space = text.IndexOf(' ');
        var verb = space < 0 ? text : text[..space];
        var rest = space < 0 ? [] : text[space..].TrimStart(' ');

        // Longest verb is eight letters; the switch needs upper case.
        Span<char> upper = stackalloc char[8];
        if (verb.Length > upper.Length || verb.IsEmpty)
            return Refusals.UnknownCommand;
        var name = upper[..verb.ToUpperInvariant(upper)];
        // Where AUTH is spoken its lines are read by themselves, for what they hold: AuthCommand.
        if (SmtpVerbs.Find(name) is { } known and not SmtpVerb.Auth)
            return Read(known, rest, knowsAuth) with { Verb = known };
        return KnownElsewhere.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name) ? Refusals.NotImplemented : Refusals.UnknownCommand;
    }

    private static Parsed Read(SmtpVerb verb, ReadOnlySpan<char> rest, bool knowsAuth) => verb switch
    {
        SmtpVerb.Ehlo => EhloCommand.Parse(rest),                       // RFC 5321 section 4.1.1.1
        SmtpVerb.Helo => HeloCommand.Parse(rest),                       // RFC 5321 section 4.1.1.1
        SmtpVerb.Mail => MailCommand.Parse(rest, knowsAuth),            // RFC 5321 section 4.1.1.2
        SmtpVerb.Rcpt => RcptCommand.Parse(rest),                       // RFC 5321 section 4.1.1.3
        SmtpVerb.Data => Bare(rest, new DataCommand()),                 // RFC 5321 section 4.1.1.4
        SmtpVerb.Rset => Bare(rest, new RsetCommand()),                 // RFC 5321 section 4.1.1.5
        SmtpVerb.Vrfy => VrfyCommand.Parse(rest),                       // RFC 5321 section 4.1.1.6
        SmtpVerb.Help => new HelpCommand(),                             // RFC 5321 section 4.1.1.8
        SmtpVerb.Noop => new NoopCommand(),                             // RFC 5321 section 4.1.1.9
        SmtpVerb.Quit => Bare(rest, new QuitCommand()),                 // RFC 5321 section 4.1.1.10
        SmtpVerb.StartTls => Bare(rest, new StartTlsCommand()),         // RFC 3207 section 4
        _ => Refusals.NotImplemented,
    };

    private static Parsed Bare(ReadOnlySpan<char> rest, SmtpCommand command) =>
        rest.IsEmpty ? command : Refusals.ArgumentUnexpected;
}
