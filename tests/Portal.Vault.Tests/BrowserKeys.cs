using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Portal.Smime;
using Portal.Vault.Certificates;

namespace Portal.Vault.Tests;

/// <summary>Keys as the browser makes them: a certificate, a portal key and an owner key, private parts locked by a vault key.</summary>
public sealed class BrowserKeys
{
    private BrowserKeys(Guid vaultboxId, X509Certificate2 certificate, byte[] vaultKey, ECDsa owner, ECDiffieHellman portal) =>
        (VaultboxId, Certificate, VaultKey, Owner, Portal) = (vaultboxId, certificate, vaultKey, owner, portal);

    public Guid VaultboxId { get; }

    /// <summary>With its private key.</summary>
    public X509Certificate2 Certificate { get; }

    public byte[] VaultKey { get; }

    public ECDsa Owner { get; }

    public ECDiffieHellman Portal { get; }

    public static BrowserKeys Make(Guid vaultboxId, string address, DateTimeOffset now) => new(
        vaultboxId,
        TestCertificate.Make(address, now.AddMinutes(-5), now.AddYears(10)),
        RandomNumberGenerator.GetBytes(32),
        ECDsa.Create(ECCurve.NamedCurves.nistP256),
        ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256));

    public StoreKeysRequest Request(VaultActor actor) => new(actor, VaultboxId, Wrap(), Items());

    public static NewVaultKeyWrap Wrap() => new(
        "passphrase",
        JsonSerializer.SerializeToElement(new { name = "argon2id", salt = "AAAA", memoryKib = 65536, passes = 3, lanes = 1 }),
        RandomNumberGenerator.GetBytes(60));

    public static NewVaultKeyWrap KitWrap() => new(
        "recovery_kit", JsonSerializer.SerializeToElement(new { name = "hkdf-sha256", salt = "AAAA" }), RandomNumberGenerator.GetBytes(60));

    public IReadOnlyList<BrowserKey> Items()
    {
        using var rsa = Certificate.GetRSAPrivateKey()!;
        var mailFingerprint = Hex(Certificate.RawData);
        var portalSpki = Portal.ExportSubjectPublicKeyInfo();
        var ownerSpki = Owner.ExportSubjectPublicKeyInfo();
        return
        [
            new("mail", Certificate.ExportCertificatePem(), Armour("mail", mailFingerprint, rsa.ExportPkcs8PrivateKey()), Bind("mail", mailFingerprint), "Everyday"),
            new("portal", Pem(portalSpki), Armour("portal", Hex(portalSpki), Portal.ExportPkcs8PrivateKey()), Bind("portal", Hex(portalSpki)), null),
            new("owner", Pem(ownerSpki), Armour("owner", Hex(ownerSpki), Owner.ExportPkcs8PrivateKey()), null, null),
        ];
    }

    public byte[] Bind(string purpose, string fingerprint) => BindingSignature.Sign(Owner, VaultboxId, purpose, fingerprint);

    private string Armour(string purpose, string fingerprint, byte[] pkcs8)
    {
        var nonce = RandomNumberGenerator.GetBytes(12);
        var ciphertext = new byte[pkcs8.Length];
        var tag = new byte[16];
        using var aes = new AesGcm(VaultKey, tag.Length);
        aes.Encrypt(nonce, pkcs8, ciphertext, tag, Encoding.ASCII.GetBytes($"vaultbox/private-key/v1|{purpose}|{fingerprint}"));
        return PemEncoding.WriteString("ENCRYPTED VAULTBOX KEY", [.. "VBK1"u8, .. nonce, .. ciphertext, .. tag]) + "\n";
    }

    private static string Pem(byte[] spki) => PemEncoding.WriteString("PUBLIC KEY", spki) + "\n";

    private static string Hex(byte[] der) => Convert.ToHexStringLower(SHA256.HashData(der));
}

public static class TestCertificate
{
    public static X509Certificate2 Make(string address, DateTimeOffset notBefore, DateTimeOffset notAfter, int bits = 2048)
    {
        using var key = RSA.Create(bits);
        var request = new CertificateRequest($"CN={address}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.4")], critical: false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddEmailAddress(address);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(notBefore, notAfter);
    }

    /// <summary>With a key on P-256.</summary>
    public static X509Certificate2 MakeCurve(string address, DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={address}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyAgreement, critical: true));
        return request.CreateSelfSigned(notBefore, notAfter);
    }
}
