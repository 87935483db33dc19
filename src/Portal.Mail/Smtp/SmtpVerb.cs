namespace Portal.Mail.Smtp;

internal enum SmtpVerb
{
    Ehlo,
    Helo,
    Mail,
    Rcpt,
    Data,
    Rset,
    Noop,
    Vrfy,
    Help,
    StartTls,
    Auth,
    Quit,
}

internal static class SmtpVerbs
{
    private static readonly string[] Names = [.. Enum.GetNames<SmtpVerb>().Select(name => name.ToUpperInvariant())];

    public static string NameOf(SmtpVerb verb) => Names[(int)verb];

    /// <param name="name">In upper case.</param>
    public static SmtpVerb? Find(ReadOnlySpan<char> name)
    {
        for (var i = 0; i < Names.Length; i++)
        {
            if (name.SequenceEqual(Names[i]))
                return (SmtpVerb)i;
        }

        return null;
    }
}
