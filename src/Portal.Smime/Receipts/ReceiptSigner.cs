using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Smime;

/// <summary>Signs receipts as compact JWS with ES256 (RFC 7515, RFC 7518 section 3.4). May be shared between threads.</summary>
public sealed class ReceiptSigner : IDisposable
{
    private readonly ECDsa key;
    private readonly Lock gate = new();
    private readonly string protectedHeader;

    /// <summary>Takes over the installation's receipt key, which must be P-256.</summary>
    public ReceiptSigner(ECDsa key)
    {
        var spki = key.ExportSubjectPublicKeyInfo();
        if (!P256PublicKey.IsValid(spki))
        {
            throw new ArgumentException("The receipt key must be P-256.", nameof(key));
        }

        this.key = key;
        PublicKeySpki = spki;
        KeyId = Convert.ToHexStringLower(SHA256.HashData(spki));
        protectedHeader = Base64Url.EncodeToString(Encoding.ASCII.GetBytes($$"""{"alg":"ES256","kid":"{{KeyId}}"}"""));
    }

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    public ReadOnlyMemory<byte> PublicKeySpki { get; }

    /// <summary>SHA-256 over <see cref="PublicKeySpki"/>, lower-case hex.</summary>
    public string KeyId { get; }

    /// <summary>The receipt, ASCII.</summary>
    public string Sign(ReceiptClaims claims)
    {
        var signed = protectedHeader + "." + Base64Url.EncodeToString(ReceiptPayload.Write(claims));
        Span<byte> signature = stackalloc byte[64];
        lock (gate)
        {
            key.SignData(Encoding.ASCII.GetBytes(signed), signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }

        return signed + "." + Base64Url.EncodeToString(signature);
    }

    /// <inheritdoc />
    public void Dispose() => key.Dispose();
}
