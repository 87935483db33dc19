using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Portal.Mail.Backends;
using Portal.Mail.Sasl;

namespace Portal.Mail.DovecotAuth;

/// <summary>What the server says, each line with its LF.</summary>
internal static class DovecotAuthReplies
{
    public const int MajorVersion = 1;
    private const int MinorVersion = 2;

    /// <param name="connection">A number that no other connection of this process has.</param>
    public static string Handshake(long connection)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"VERSION\t{MajorVersion}\t{MinorVersion}\n");
        foreach (var mechanism in SaslDialogue.Mechanisms)
            text.Append(CultureInfo.InvariantCulture, $"MECH\t{mechanism}\tplaintext\n");
        return text
            .Append(CultureInfo.InvariantCulture, $"SPID\t{Environment.ProcessId}\nCUID\t{connection}\n")
            .Append(CultureInfo.InvariantCulture, $"COOKIE\t{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}\nDONE\n")
            .ToString();
    }

    /// <summary>The TAB stands even before an empty challenge: Postfix reads past the line's end without it.</summary>
    public static string Continue(uint id, string challenge) => string.Create(CultureInfo.InvariantCulture, $"CONT\t{id}\t{challenge}\n");

    public static string For(uint id, string username, DovecotAuthDecision decision) => decision switch
    {
        { Username: { } accepted } => string.Create(CultureInfo.InvariantCulture, $"OK\t{id}\tuser={TabEscaping.Encode(accepted)}\n"),
        // The bare word is this version's, code= that of later ones.
        { IsTemporary: true } => Fail(id, username, "temp\tcode=temp_fail\treason=Temporary authentication failure"),
        _ => Fail(id, username, null),
    };

    /// <param name="more">Parameters joined by TABs, or null.</param>
    public static string Fail(uint id, string? username, string? more)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"FAIL\t{id}");
        if (username is not null)
            text.Append("\tuser=").Append(TabEscaping.Encode(username));
        if (more is not null)
            text.Append('\t').Append(more);
        return text.Append('\n').ToString();
    }
}
