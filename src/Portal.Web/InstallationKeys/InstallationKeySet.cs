using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Portal.Databases;

namespace Portal.Web.InstallationKeys;

/// <summary>
/// The keys of one installation: files of mode 0600 in the data directory, the same on every instance, backed up apart from the
/// databases. Each is made once and never overwritten; a damaged one is an error, not a reason for a new one.
/// </summary>
internal sealed class InstallationKeySet : IDisposable
{
    private InstallationKeySet(ECDsa receipt, ECDsa binding, byte[] digest, X509Certificate2 dataProtection)
    {
        Receipt = receipt;
        Binding = binding;
        Digest = digest;
        DataProtection = dataProtection;
    }

    /// <summary>ECDSA P-256: signs the receipt of each sealed message.</summary>
    public ECDsa Receipt { get; }

    /// <summary>ECDSA P-256: binds certificates that came without an owner key to their vaultbox.</summary>
    public ECDsa Binding { get; }

    /// <summary>32 bytes: keys the HMAC by which a repeated delivery is known.</summary>
    public ReadOnlyMemory<byte> Digest { get; }

    /// <summary>RSA-3072, self-signed: encrypts the data protection keys that are kept in the platform database.</summary>
    public X509Certificate2 DataProtection { get; }

    /// <exception cref="InstallationKeyException">A key file is damaged.</exception>
    public static InstallationKeySet LoadOrCreate(string directory)
    {
        PrivateFile.CreateDirectory(directory);
        return new InstallationKeySet(
            Load(directory, "receipt-key.pem", NewSigningKey, ReadSigningKey),
            Load(directory, "binding-key.pem", NewSigningKey, ReadSigningKey),
            Load(directory, "digest-key.bin", () => RandomNumberGenerator.GetBytes(32), ReadDigestKey),
            Load(directory, "data-protection.pem", NewDataProtectionCertificate, ReadCertificate));
    }

    public void Dispose()
    {
        Receipt.Dispose();
        Binding.Dispose();
        DataProtection.Dispose();
    }

    private static T Load<T>(string directory, string name, Func<byte[]> make, Func<byte[], T> read)
    {
        var file = Path.Combine(directory, name);
        if (!File.Exists(file))
        {
            var made = make();
            // False: another instance was first, and its key is the one.
            PrivateFile.TryCreate(file, made);
            CryptographicOperations.ZeroMemory(made);
        }
        try
        {
            return read(File.ReadAllBytes(file));
        }
        catch (Exception damaged) when (damaged is CryptographicException or ArgumentException)
        {
            throw new InstallationKeyException(file, damaged);
        }
    }

    private static byte[] NewSigningKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    private static ECDsa ReadSigningKey(byte[] pem)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(Encoding.ASCII.GetString(pem));
        return key.KeySize == 256 ? key : throw new CryptographicException("not a P-256 key");
    }

    private static byte[] ReadDigestKey(byte[] key) => key.Length == 32 ? key : throw new CryptographicException("not 32 bytes");

    private static byte[] NewDataProtectionCertificate()
    {
        using var key = RSA.Create(3072);
        var request = new CertificateRequest("CN=Vaultbox Portal data protection", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        // Only its key is used; the dates are what a certificate must have.
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(9999, 12, 31, 0, 0, 0, TimeSpan.Zero));
        return Encoding.ASCII.GetBytes($"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
    }

    private static X509Certificate2 ReadCertificate(byte[] pem)
    {
        var text = Encoding.ASCII.GetString(pem);
        return X509Certificate2.CreateFromPem(text, text);
    }
}

/// <summary>A key file cannot be read as what it must hold. Starting without it would make what it protects unreadable.</summary>
internal sealed class InstallationKeyException(string file, Exception cause)
    : Exception($"The installation key {file} is damaged ({cause.Message}). Restore it from the backup of the keys; nothing was changed.", cause);
