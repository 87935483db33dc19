using System.Security.Cryptography;
using System.Text;

namespace Portal.Platform.Accounts.SecondFactor;

/// <summary>
/// A recovery code as people see it: 120 random bits in Crockford's base32, four groups of six. What they type may be in lower case, with
/// other separators, and with the letters that the alphabet leaves out because they look like digits.
/// </summary>
internal static class RecoveryCodeFormat
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 24;
    private const int Group = 6;

    public static string Create()
    {
        var letters = RandomNumberGenerator.GetString(Alphabet, Length);
        return string.Join('-', letters.Chunk(Group).Select(group => new string(group)));
    }

    /// <returns>The 24 letters, or null for anything that cannot be a code.</returns>
    public static string? Normalise(string? typed)
    {
        if (typed is not { Length: <= 100 })
            return null;
        var letters = string.Concat(typed.Where(char.IsAsciiLetterOrDigit).Select(letter => char.ToUpperInvariant(letter) switch
        {
            'O' => '0',
            'I' or 'L' => '1',
            var other => other,
        }));
        return letters.Length == Length && letters.All(letter => Alphabet.Contains(letter, StringComparison.Ordinal)) ? letters : null;
    }

    /// <param name="normalised">Without separators.</param>
    public static byte[] Hash(string normalised) => SHA256.HashData(Encoding.ASCII.GetBytes(normalised));
}
