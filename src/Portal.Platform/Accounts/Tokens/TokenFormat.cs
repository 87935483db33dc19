using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Platform.Accounts.Tokens;

/// <summary>
/// An API token: <c>vbp_</c>, 43 random base62 characters (256 bits), 6 base62 characters of their CRC-32C.
/// The prefix lets secret scanners find it; the checksum turns a mistyped one away without the database.
/// </summary>
internal static class TokenFormat
{
    public const string Marker = "vbp_";
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int RandomLength = 43;
    private const int ChecksumLength = 6;
    private const int VisibleLength = 10;

    public static string Create()
    {
        var random = RandomNumberGenerator.GetString(Alphabet, RandomLength);
        return Marker + random + Checksum(random);
    }

    public static bool IsWellFormed(string? token)
    {
        if (token is null || token.Length != Marker.Length + RandomLength + ChecksumLength || !token.StartsWith(Marker, StringComparison.Ordinal))
            return false;
        var random = token.Substring(Marker.Length, RandomLength);
        return random.All(char.IsAsciiLetterOrDigit)
            && string.Equals(token[^ChecksumLength..], Checksum(random), StringComparison.Ordinal);
    }

    /// <summary>What may be shown and stored in clear.</summary>
    public static string VisiblePrefix(string token) => token[..VisibleLength];

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.ASCII.GetBytes(token));

    private static string Checksum(string random)
    {
        return string.Create(ChecksumLength, Crc32C(random), (characters, value) =>
        {
            for (var i = characters.Length - 1; i >= 0; i--)
            {
                characters[i] = Alphabet[(int)(value % 62)];
                value /= 62;
            }
        });
    }

    private static uint Crc32C(string text)
    {
        var crc = uint.MaxValue;
        foreach (var character in text)
            crc = BitOperations.Crc32C(crc, (byte)character);
        return ~crc;
    }
}
