using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Cms;
using Org.BouncyCastle.Asn1.Nist;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;

namespace Portal.Web.Cli.Opening;

/// <summary>
/// The content key, by the recipient infos that name a certificate (RFC 5652 section 6.2): OAEP before PKCS #1 v1.5, whose failure nobody can
/// tell from success; or key agreement on an elliptic curve (RFC 5753).
/// </summary>
internal static class ContentKeys
{
    private const string KdfSha256 = "1.3.132.1.11.1";

    /// <returns>Null when no recipient info is for this certificate.</returns>
    /// <exception cref="CryptographicException">One is, and does not open.</exception>
    /// <exception cref="NotSupportedException">One is, by an algorithm that is not known here.</exception>
    public static byte[]? Find(Asn1Set recipients, X509Certificate2 certificate)
    {
        var infos = recipients.Select(one => RecipientInfo.GetInstance(one).Info).ToList();
        var transports = infos.OfType<KeyTransRecipientInfo>().Where(info => IsFor(info.RecipientIdentifier.ID, certificate))
            .OrderByDescending(info => info.KeyEncryptionAlgorithm.Algorithm.Equals(PkcsObjectIdentifiers.IdRsaesOaep)).ToList();
        if (transports.Count > 0)
            return Transported(transports[0], certificate);
        foreach (var info in infos.OfType<KeyAgreeRecipientInfo>())
        {
            foreach (var one in info.RecipientEncryptedKeys.Select(RecipientEncryptedKey.GetInstance))
            {
                if (IsFor(one.Identifier.IssuerAndSerialNumber ?? (object)one.Identifier.RKeyID.SubjectKeyIdentifier, certificate))
                    return Agreed(info, one.EncryptedKey.GetOctets(), certificate);
            }
        }

        return null;
    }

    private static bool IsFor(object identifier, X509Certificate2 certificate) => identifier switch
    {
        Org.BouncyCastle.Asn1.Cms.IssuerAndSerialNumber named => named.Issuer.GetEncoded().AsSpan().SequenceEqual(certificate.IssuerName.RawData)
            && named.SerialNumber.Value.ToByteArray().AsSpan().SequenceEqual(certificate.SerialNumberBytes.Span),
        Asn1OctetString keyIdentifier => certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>()
            .Any(extension => extension.SubjectKeyIdentifierBytes.Span.SequenceEqual(keyIdentifier.GetOctets())),
        _ => false,
    };

    private static byte[] Transported(KeyTransRecipientInfo info, X509Certificate2 certificate)
    {
        using var key = certificate.GetRSAPrivateKey() ?? throw new NotSupportedException("The message is sealed to an RSA key, and the key file holds another kind.");
        return key.Decrypt(info.EncryptedKey.GetOctets(), PaddingOf(info.KeyEncryptionAlgorithm));
    }

    private static RSAEncryptionPadding PaddingOf(AlgorithmIdentifier algorithm)
    {
        if (algorithm.Algorithm.Equals(PkcsObjectIdentifiers.RsaEncryption))
            return RSAEncryptionPadding.Pkcs1;
        if (!algorithm.Algorithm.Equals(PkcsObjectIdentifiers.IdRsaesOaep))
            throw new NotSupportedException($"The key is wrapped by {algorithm.Algorithm.Id}, which is not known here.");
        var hash = algorithm.Parameters is null ? RsaesOaepParameters.DefaultHashAlgorithm : RsaesOaepParameters.GetInstance(algorithm.Parameters).HashAlgorithm;
        return RSAEncryptionPadding.CreateOaep(NameOf(hash.Algorithm));
    }

    private static HashAlgorithmName NameOf(DerObjectIdentifier hash) => hash.Id switch
    {
        "1.3.14.3.2.26" => HashAlgorithmName.SHA1,
        "2.16.840.1.101.3.4.2.1" => HashAlgorithmName.SHA256,
        "2.16.840.1.101.3.4.2.2" => HashAlgorithmName.SHA384,
        "2.16.840.1.101.3.4.2.3" => HashAlgorithmName.SHA512,
        _ => throw new NotSupportedException($"OAEP with {hash.Id} is not known here."),
    };

    private static byte[] Agreed(KeyAgreeRecipientInfo info, byte[] wrapped, X509Certificate2 certificate)
    {
        using var own = certificate.GetECDiffieHellmanPrivateKey()
            ?? throw new NotSupportedException("The message is sealed to a key on an elliptic curve, and the key file holds another kind.");
        var wrap = AlgorithmIdentifier.GetInstance(info.KeyEncryptionAlgorithm.Parameters) ?? throw new NotSupportedException("The key is agreed on without a way to wrap it.");
        if (!string.Equals(info.KeyEncryptionAlgorithm.Algorithm.Id, KdfSha256, StringComparison.Ordinal) || !wrap.Algorithm.Equals(NistObjectIdentifiers.IdAes256Wrap))
            throw new NotSupportedException($"The key is agreed on by {info.KeyEncryptionAlgorithm.Algorithm.Id} and {wrap.Algorithm.Id}, which are not known here.");
        var curve = own.ExportParameters(includePrivateParameters: false).Curve;
        var originator = info.Originator.OriginatorKey ?? throw new NotSupportedException("The key is agreed on by a certificate of the sender's, which is not known here.");
        var point = originator.PublicKey.GetOctets();
        using var ephemeral = ECDiffieHellman.Create(new ECParameters
        {
            Curve = curve, Q = new ECPoint { X = point[1..(1 + (point.Length / 2))], Y = point[(1 + (point.Length / 2))..] },
        });
        using var others = ephemeral.PublicKey;
        var shared = own.DeriveRawSecretAgreement(others);
        // RFC 5753 section 7.2; the counter of X9.63 comes before it.
        var length = new DerTaggedObject(true, 2, new DerOctetString([0, 0, 1, 0]));
        var keyInfo = info.UserKeyingMaterial is { } ukm ? new DerSequence(wrap, new DerTaggedObject(true, 0, ukm), length) : new DerSequence(wrap, length);
        var key = SHA256.HashData((byte[])[.. shared, 0, 0, 0, 1, .. keyInfo.GetDerEncoded()]);
        try
        {
            var engine = new AesWrapEngine();
            engine.Init(forWrapping: false, new KeyParameter(key));
            return engine.Unwrap(wrapped, 0, wrapped.Length);
        }
        catch (InvalidCipherTextException fault)
        {
            throw new CryptographicException("The wrapped key does not open.", fault);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(shared);
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
