using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Portal.Platform;

namespace Portal.Web.Cli.Opening;

/// <summary>The private keys of a PKCS#12 file (RFC 7292), each with its certificate. They stay in memory.</summary>
internal static class KeyFile
{
    private static readonly Failure Wrong = new("key_file_wrong", "The key file does not open. It must be PKCS#12 (.p12, .pfx), and the passphrase its own.");

    private static readonly Failure WithoutKey = new("key_file_without_key", "The key file holds no private key with its certificate.");

    public static Outcome<IReadOnlyList<X509Certificate2>> Read(byte[] file, string passphrase)
    {
        X509Certificate2Collection found;
        try
        {
            found = X509CertificateLoader.LoadPkcs12Collection(file, passphrase, X509KeyStorageFlags.EphemeralKeySet);
        }
        catch (CryptographicException)
        {
            return Wrong;
        }

        var keys = new List<X509Certificate2>();
        foreach (var certificate in found)
        {
            if (certificate.HasPrivateKey)
                keys.Add(certificate);
            else
                certificate.Dispose();
        }

        return keys.Count > 0 ? keys : WithoutKey;
    }
}
