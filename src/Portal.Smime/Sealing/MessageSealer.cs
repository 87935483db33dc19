using System.Buffers;
using System.Security.Cryptography;

namespace Portal.Smime;

/// <summary>Seals a message for a vaultbox: S/MIME (RFC 8551) with header protection (RFC 9788), and the summary for the browser.</summary>
public static class MessageSealer
{
    /// <summary>Bytes of header fields that are looked at; what is beyond is sealed like the rest.</summary>
    public const int HeaderLimit = 1024 * 1024;

    private const int KeyLength = 32;

    // What is added to a message, for the room to be asked for: the outer fields and trace, and what a recipient info has beside name and key.
    private const int OverheadBytes = 32 * 1024;
    private const int RecipientInfoBytes = 512;

    /// <summary>
    /// Seals any bytes; content never makes it fail. Holds the sealed copy only: the original is read where it lies, the length of the
    /// result is known beforehand, and every buffer that held plaintext or a key is cleared.
    /// </summary>
    /// <exception cref="SealingException">A recipient's certificate or the portal key cannot be used.</exception>
    /// <exception cref="ArgumentException">There is no recipient, the trace fields do not end with CRLF, or the vaultbox's address is none.</exception>
    /// <param name="room">Where the sealed copy is put, until it or the next one is disposed of; null: in a buffer of its own.</param>
    public static SealedMessage Seal(SealingRequest request, SealingRoom? room = null)
    {
        Validate(request);
        using var header = HeaderSection.Read(request.Original, HeaderLimit);
        var outer = OuterHeaderBlock.Of(request, header);
        var inner = InnerEntity.Build(header, request.TraceHeaders, outer);
        var (der, length, contentRange) = Encrypt(request, inner, room);
        CryptographicOperations.ZeroMemory(inner.Prefix);
        var content = der.AsSpan(contentRange);
        var contentHash = SHA256.HashData(content);
        byte[]? summary;
        try
        {
            summary = request.PortalKey is { } portalKey ? SealSummary(request, SummaryReader.Read(request, header), portalKey, contentHash) : null;
        }
        catch (SealingException)
        {
            GiveBack(der, room);
            throw;
        }

        return new SealedMessage(der, length, isPooled: room is null)
        {
            OuterHeaders = outer.Text,
            Outer = outer.Fields,
            Summary = summary,
            ContentSha256 = Convert.ToHexStringLower(contentHash),
            DerSha256 = Convert.ToHexStringLower(SHA256.HashData(der.AsSpan(0, length))),
            SummarySha256 = summary is null ? null : Convert.ToHexStringLower(SHA256.HashData(summary)),
            Cipher = request.Cipher.Name(),
            Fingerprints = [.. request.Recipients.Select(static one => one.FingerprintSha256)],
            MessageIdHeader = OuterHeaderBlock.RawMessageId(header),
        };
    }

    /// <summary>Bytes of room to ask for before sealing; a message with uncommonly long address fields may take a little more.</summary>
    /// <param name="contentLength">Of the original.</param>
    public static long RoomFor(long contentLength, IEnumerable<MailCertificate> recipients) =>
        contentLength + OverheadBytes + recipients.Sum(static one => 2L * (RecipientInfoBytes + NameLength(one) + (one.KeySize / 8)));

    private static int NameLength(MailCertificate certificate) =>
        Math.Max(certificate.IssuerName.Length + certificate.SerialNumber.Length, certificate.KeyIdentifier?.Length ?? 0);

    // A room keeps its buffer.
    private static void GiveBack(byte[] der, SealingRoom? room)
    {
        if (room is null)
        {
            ArrayPool<byte>.Shared.Return(der);
        }
    }

    private static void Validate(SealingRequest request)
    {
        if (request.Recipients.Count == 0)
        {
            throw new ArgumentException("A message is sealed for at least one certificate.", nameof(request));
        }

        if (request.TraceHeaders.Length > 0 && !request.TraceHeaders.EndsWith("\r\n", StringComparison.Ordinal))
        {
            throw new ArgumentException("Trace fields end with CRLF.", nameof(request));
        }

        if (!OuterAddress.IsAddrSpec(request.VaultboxAddress))
        {
            throw new ArgumentException("The vaultbox's address is no addr-spec.", nameof(request));
        }
    }

    private static (byte[] Der, int Length, Range Content) Encrypt(SealingRequest request, InnerEntity inner, SealingRoom? room)
    {
        var key = GC.AllocateUninitializedArray<byte>(KeyLength, pinned: true);
        byte[]? der = null;
        try
        {
            RandomNumberGenerator.Fill(key);
            var iv = RandomNumberGenerator.GetBytes(ContentEncryptor.IvLength(request.Cipher));
            var encryptedLength = ContentEncryptor.EncryptedLength(request.Cipher, request.Original.Length + inner.Prefix.Length + inner.Insertion.Length);
            var prefix = EnvelopedData.WritePrefix(RecipientInfos.For(request.Recipients, request.RecipientNaming, key), request.Cipher, iv, encryptedLength);
            var length = checked(prefix.Length + encryptedLength + EnvelopedData.SuffixLength(request.Cipher));
            der = room?.Rent(length) ?? ArrayPool<byte>.Shared.Rent(length);
            prefix.CopyTo(der, 0);

            using var encryptor = ContentEncryptor.Create(request.Cipher, key, iv, der, prefix.Length);
            encryptor.Append(inner.Prefix);
            encryptor.Append(request.Original.Slice(0, inner.SplitAt));
            encryptor.Append(inner.Insertion);
            encryptor.Append(request.Original.Slice(inner.SplitAt));
            var end = encryptor.Finish(EnvelopedData.WriteSuffix(request.Cipher, der.AsSpan((prefix.Length + encryptedLength)..length)));
            return (der, length, prefix.Length..end);
        }
        catch (CryptographicException error)
        {
            if (der is not null)
            {
                GiveBack(der, room);
            }

            throw new SealingException("A recipient's key was refused by the cipher.", error);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    internal static byte[] SealSummary(SealingRequest request, MessageSummary summary, PortalKey portalKey, ReadOnlySpan<byte> contentHash)
    {
        var plain = SummaryWriter.Write(summary);
        try
        {
            return SealedSummary.Seal(portalKey, request.VaultboxId, request.MessageId, contentHash, plain);
        }
        catch (CryptographicException error)
        {
            throw new SealingException("The portal key is not a P-256 public key.", error);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }
}
