using System.Text.RegularExpressions;

namespace Portal.Passwords;

/// <summary>
/// Plain bcrypt of a generated password, what Dovecot calls BLF-CRYPT: short enough for bcrypt's 72 octets, so nothing is hashed before.
/// Slow by design; call it through <see cref="CredentialHasher"/>.
/// </summary>
public static partial class CredentialHash
{
    /// <summary>In place of a hash that is gone for good: no password fits it.</summary>
    public const string None = "!";

    internal static string Of(string password, int cost) => BCrypt.Net.BCrypt.HashPassword(password, cost);

    internal static bool Verify(string hash, string password) => Shape().IsMatch(hash) && BCrypt.Net.BCrypt.Verify(password, hash);

    [GeneratedRegex(@"^\$2[aby]\$[0-9]{2}\$[./0-9A-Za-z]{53}\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
