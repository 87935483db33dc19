using System.Security.Cryptography;

namespace Portal.Passwords;

/// <summary>User names that the portal makes: <c>{kind}-{domain-with-dashes}-{6 characters}</c>.</summary>
public static class GeneratedName
{
    private const int SuffixLength = 6;

    /// <summary>Columns of user names hold 255 characters.</summary>
    private const int Longest = 255;

    /// <param name="kind">As <c>encimap</c>.</param>
    /// <param name="domain">Lower-case A-labels; one too long for the column is cut.</param>
    /// <returns>Chosen at random: the caller asks again when it is taken.</returns>
    public static string For(string kind, string domain)
    {
        var dashed = domain.Replace('.', '-');
        var room = Longest - kind.Length - SuffixLength - 2;
        return $"{kind}-{(dashed.Length > room ? dashed[..room] : dashed)}-{Suffix()}";
    }

    public static string Suffix() => RandomNumberGenerator.GetString(GeneratedPassword.Alphabet, SuffixLength);
}
