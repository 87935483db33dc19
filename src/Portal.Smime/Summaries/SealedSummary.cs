namespace Portal.Smime;

/// <summary>The summary of a message, sealed to the vaultbox's portal key: what a message list shows once it is opened in the browser.</summary>
public static class SealedSummary
{
    /// <summary>First byte of the stored form.</summary>
    public const byte Version = 1;

    /// <summary>Sizes in bytes that the plain summary is padded to, so that its length says little.</summary>
    public static IReadOnlyList<int> PaddedSizes { get; } = [512, 1024, 2048];

    private static ReadOnlySpan<byte> Info => "vaultbox/summary/v1"u8;

    /// <summary>
    /// Version ‖ enc (65) ‖ ciphertext ‖ tag (16), by HPKE (RFC 9180) base mode with DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
    /// The additional data is vaultbox id ‖ message id ‖ SHA-256 of the encrypted content, so a summary fits one message only.
    /// </summary>
    /// <param name="contentSha256">32 bytes.</param>
    public static byte[] Seal(PortalKey portalKey, Guid vaultboxId, Guid messageId, ReadOnlySpan<byte> contentSha256, ReadOnlySpan<byte> paddedSummary)
    {
        Span<byte> aad = stackalloc byte[64];
        vaultboxId.TryWriteBytes(aad, bigEndian: true, out _);
        messageId.TryWriteBytes(aad[16..], bigEndian: true, out _);
        contentSha256.CopyTo(aad[32..]);

        var output = new byte[1 + Hpke.EncapsulatedLength + paddedSummary.Length + Hpke.TagLength];
        output[0] = Version;
        Hpke.Seal(portalKey, Info, aad, paddedSummary, output.AsSpan(1));
        return output;
    }
}
