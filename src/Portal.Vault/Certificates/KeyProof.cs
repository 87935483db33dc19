using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Portal.Vault.Certificates;

/// <summary>
/// What the server must know again when a note comes back, sealed into a token by Data Protection and kept by the browser meanwhile: any
/// instance can finish what another began, and nothing is stored.
/// </summary>
/// <param name="CodeSha256">Of the code in the note, base64; the code itself is in the note alone.</param>
internal sealed record KeyProof(Guid UserId, Guid VaultboxId, Guid CertificateId, string CodeSha256, DateTimeOffset ExpiresAt)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private const string Purpose = "vaultbox/key-proof/v1";

    public string Protect(IDataProtectionProvider protection) => protection.CreateProtector(Purpose).Protect(JsonSerializer.Serialize(this));

    public static KeyProof? TryRead(IDataProtectionProvider protection, string? token)
    {
        try
        {
            return string.IsNullOrEmpty(token) ? null : JsonSerializer.Deserialize<KeyProof>(protection.CreateProtector(Purpose).Unprotect(token));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public static string Hash(string code) => Convert.ToBase64String(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(code)));
}
