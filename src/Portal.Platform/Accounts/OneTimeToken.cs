using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Platform.Accounts;

/// <summary>The token in a set-up link: 256 random bits in base64url; stored as SHA-256.</summary>
internal static class OneTimeToken
{
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
