using System.Formats.Asn1;
using System.Text;

namespace Portal.Smime;

/// <summary>Finds private keys that nobody encrypted in what a user uploads, so that they can be refused and never stored.</summary>
internal static class PrivateKeyDetector
{
    private const string Pkcs7Data = "1.2.840.113549.1.7.1";
    private const string Pkcs7SignedData = "1.2.840.113549.1.7.2";

    /// <summary>A PEM or OpenPGP begin line whose label ends in PRIVATE KEY and does not begin with ENCRYPTED.</summary>
    public static bool IsInText(ReadOnlySpan<char> text)
    {
        foreach (var line in text.EnumerateLines())
        {
            var label = line.IndexOf("PRIVATE KEY", StringComparison.OrdinalIgnoreCase);
            var begin = line.IndexOf("BEGIN ", StringComparison.OrdinalIgnoreCase);
            if (begin >= 0 && label > begin && !line[begin..label].TrimEnd().EndsWith(" ENCRYPTED", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// PKCS#8 PrivateKeyInfo (RFC 5958), PKCS#1 and DSA (a sequence of a version and integers, RFC 8017 appendix A.1.2),
    /// SEC 1 ECPrivateKey (RFC 5915), PKCS#12 (RFC 7292), and the binary OpenSSH form.
    /// </summary>
    public static bool IsInBinary(ReadOnlyMemory<byte> data)
    {
        if (data.Span.IndexOf("openssh-key-v1\0"u8) >= 0)
        {
            return true;
        }

        try
        {
            var sequence = new AsnReader(data, AsnEncodingRules.BER).ReadSequence();
            if (!sequence.HasData || !sequence.PeekTag().HasSameClassAndValue(Asn1Tag.Integer)
                || !sequence.TryReadInt32(out var version) || version is < 0 or > 3 || !sequence.HasData)
            {
                return false;
            }

            var next = sequence.PeekTag();
            if (next.HasSameClassAndValue(Asn1Tag.Sequence))
            {
                var algorithm = sequence.ReadSequence();
                var oid = algorithm.ReadObjectIdentifier();
                return version == 3
                    ? oid is Pkcs7Data or Pkcs7SignedData
                    : sequence.HasData && sequence.PeekTag().HasSameClassAndValue(Asn1Tag.PrimitiveOctetString);
            }

            return next.HasSameClassAndValue(Asn1Tag.PrimitiveOctetString) || IsIntegerSequence(sequence);
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    /// <summary>The same as <see cref="IsInBinary"/> over text that is base64 without any armour.</summary>
    public static bool IsInBase64(string text) => TryDecode(text) is { } bytes && IsInBinary(bytes);

    /// <summary>Base64 with white space anywhere; null when it is not that.</summary>
    public static byte[]? TryDecode(string text)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        return text.Length > 0 && Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }

    // An RSA public key alone has two integers (RFC 8017 appendix A.1.1); a private key has at least four more.
    private static bool IsIntegerSequence(AsnReader sequence)
    {
        var count = 0;
        while (sequence.HasData && sequence.PeekTag().HasSameClassAndValue(Asn1Tag.Integer))
        {
            sequence.ReadIntegerBytes();
            count++;
        }

        return count >= 4;
    }
}
