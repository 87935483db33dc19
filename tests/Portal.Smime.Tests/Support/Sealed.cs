using System.Security.Cryptography.Pkcs;
using System.Text.Json;

namespace Portal.Smime.Tests.Support;

/// <summary>Seals with the test keys, and opens by other means than the library's own.</summary>
internal static class Sealed
{
    public const string Trace =
        "Received: from mail.example ([192.0.2.7]) by portal.example with ESMTP id 1;\r\n\tSun, 22 Nov 2026 13:00:00 +0000\r\n"
        + "Authentication-Results: portal.example; spf=pass smtp.mailfrom=sender.example;\r\n dkim=none\r\n";

    public static SealingRequest Request(byte[] original, int pieceSize = int.MaxValue) => new()
    {
        Original = Sequences.Split(original, pieceSize),
        TraceHeaders = Trace,
        Recipients = [TestKeys.First.Certificate],
        VaultboxId = new Guid("0191d5b2-6a5e-7cc0-8f25-0f4d1a2b3c4d"),
        MessageId = new Guid("0191d5b2-6a5e-7cc0-8f25-aaaaaaaaaaaa"),
        VaultboxAddress = "first@vault.example",
        ReceivedAt = TestKeys.Now,
        PortalKey = new PortalKey(TestKeys.PortalSpki),
    };

    public static SealedMessage Seal(byte[] original) => MessageSealer.Seal(Request(original));

    public static SealedMessage Seal(string original, HeaderPolicy policy) => MessageSealer.Seal(Request(Sequences.Bytes(original)) with { Policy = policy });

    public static SealedMessage Seal(string original) => Seal(Sequences.Bytes(original));

    /// <summary>.NET's own CMS reader, by one of the recipient infos.</summary>
    public static byte[] Open(SealedMessage message, int recipientInfo = 0, TestIdentity? identity = null)
    {
        if (message.Cipher == "AES-256-GCM")
        {
            // .NET has no reader of AuthEnvelopedData.
            return AuthEnvelope.Read(message.Der).Open(recipientInfo, (identity ?? TestKeys.First).PrivateKey);
        }

        var cms = new EnvelopedCms();
        cms.Decode(message.Der.Span);
        cms.Decrypt(cms.RecipientInfos[recipientInfo], (identity ?? TestKeys.First).PrivateKey);
        return cms.ContentInfo.Content;
    }

    public static string OpenText(SealedMessage message) => System.Text.Encoding.Latin1.GetString(Open(message));

    /// <summary>The opened summary with its padding.</summary>
    public static byte[] OpenSummary(SealedMessage message, SealingRequest request)
    {
        Span<byte> aad = stackalloc byte[64];
        Convert.FromHexString(request.VaultboxId.ToString("N"), aad, out _, out _);
        Convert.FromHexString(request.MessageId.ToString("N"), aad[16..], out _, out _);
        Convert.FromHexString(message.ContentSha256, aad[32..], out _, out _);
        Assert.Equal(1, message.Summary![0]);
        return HpkeOpener.Open(TestKeys.Portal, message.Summary.AsSpan(1), "vaultbox/summary/v1"u8, aad, keyLength: 32);
    }

    public static JsonElement Summary(string original) => Summary(Sequences.Bytes(original));

    public static JsonElement Summary(byte[] original, int pieceSize = int.MaxValue)
    {
        var request = Request(original, pieceSize);
        using var message = MessageSealer.Seal(request);
        return JsonDocument.Parse(OpenSummary(message, request)).RootElement;
    }
}
