using System.Security.Cryptography;
using System.Text;
using Portal.Smime.Tests.Support;

namespace Portal.Smime.Tests.Sealing;

/// <summary>Mail that comes sealed: what is kept as it came, and what is sealed all the same.</summary>
public sealed class SealedBySenderTests
{
    private const string Head = "Received: from mx.example\r\n by mail.example\r\nFrom: Otto <otto@sender.example>\r\nTo: first@vault.example\r\nSubject: Secret plans\r\nDate: Sun, 22 Nov 2026 14:00:00 +0100\r\nMessage-ID: <1@sender.example>\r\n";
    private const string Plain = "Content-Type: text/plain\r\n\r\nThe marker is heliotrope.\r\n";

    private static readonly SealingMemory Memory = new(64 * 1024 * 1024);

    private static readonly string[] OpenSslCbc = ["-aes256"];

    private static readonly TestIdentity Stranger = TestKeys.Make("third@vault.example", 2048);

    public static TheoryData<string, string, string> Kept => new()
    {
        { "RSA", "-aes256", "AES-256-CBC" },
        { "RSA", "-aes256 -keyid", "AES-256-CBC" },
        { "RSA", "-aes256 -keyopt rsa_padding_mode:oaep", "AES-256-CBC" },
        { "RSA", "-aes256 -stream", "AES-256-CBC" },
        { "RSA", "-aes-256-gcm", "AES-256-GCM" },
        { "RSA", "-aes-256-gcm -stream", "AES-256-GCM" },
        { "P-256", "-aes256", "AES-256-CBC" },
        { "P-256", "-aes256 -keyid", "AES-256-CBC" },
        { "P-384", "-aes-256-gcm", "AES-256-GCM" },
    };

    [Theory]
    [MemberData(nameof(Kept))]
    public async Task TryKeep_SealedToAKeyOfTheVaultbox_IsTheSameCiphertext(string key, string options, string cipher)
    {
        var reader = Interoperability.MailPrograms.Reader(key);
        var der = Encrypt(reader, options.Split(' '));

        using var room = await Memory.TakeAsync(1, TestContext.Current.CancellationToken);
        using var kept = SealedBySender.TryKeep(Request(Mail(der), reader), room);

        Assert.NotNull(kept);
        Assert.Equal(der, kept.Der.ToArray());
        Assert.Equal((cipher, true), (kept.Cipher, kept.IsAsItCame));
        Assert.Equal([reader.Certificate.FingerprintSha256], kept.Fingerprints);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(der)), kept.DerSha256);
        Assert.Contains("heliotrope", Encoding.ASCII.GetString(OpenSsl.Decrypt(kept.Der.ToArray(), "DER", reader)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TryKeep_Header_StandsOutsideAsItCameWithOurTraceAndMimeFields()
    {
        using var room = await Memory.TakeAsync(1, TestContext.Current.CancellationToken);
        using var kept = SealedBySender.TryKeep(Request(Mail(Encrypt(TestKeys.First, OpenSslCbc)), TestKeys.First), room)!;

        Assert.Equal(
            Sealed.Trace + Head + "MIME-Version: 1.0\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data;\r\n name=\"smime.p7m\"\r\n"
            + "Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"smime.p7m\"\r\n",
            kept.OuterHeaders);
        Assert.Equal(("<1@sender.example>", "Secret plans"), (kept.MessageIdHeader, kept.Outer.Subject));
    }

    [Fact]
    public async Task TryKeep_Summary_IsBoundToTheSendersContent()
    {
        // What we seal ourselves has its content in one string, so its hash is known by other means.
        using var ours = MessageSealer.Seal(Sealed.Request(Sequences.Bytes(Head + Plain)));
        var request = Request(Mail(ours.Der.ToArray()), TestKeys.First);

        using var room = await Memory.TakeAsync(1, TestContext.Current.CancellationToken);
        using var kept = SealedBySender.TryKeep(request, room)!;

        Assert.Equal(ours.ContentSha256, kept.ContentSha256);
        var summary = Encoding.UTF8.GetString(Sealed.OpenSummary(kept, request));
        Assert.Contains("\"Secret plans\"", summary, StringComparison.Ordinal);
        Assert.Contains("\"attachments\":[]", summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TryKeep_StreamedContent_HashesThePiecesAsOne()
    {
        var streamed = Encrypt(TestKeys.First, ["-aes256", "-stream"]);
        using var room = await Memory.TakeAsync(1, TestContext.Current.CancellationToken);
        using var kept = SealedBySender.TryKeep(Request(Mail(streamed), TestKeys.First), room)!;

        var cms = new System.Security.Cryptography.Pkcs.EnvelopedCms();
        cms.Decode(streamed);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(cms.ContentInfo.Content)), kept.ContentSha256);
    }

    public static TheoryData<string> NotKept =>
    [
        "AES-128", "3DES", "a stranger's key", "signed only", "PGP", "no mail at all", "cut off", "something behind it", "8-bit header", "not base64",
        "declared as text", "two content types", "quoted-printable", "nothing inside", "nested", "authentication results", "a receipt",
    ];

    [Theory]
    [MemberData(nameof(NotKept))]
    public async Task TryKeep_AnythingElse_IsToBeSealed(string kind)
    {
        var der = Encrypt(TestKeys.First, kind switch { "AES-128" => ["-aes128"], "3DES" => ["-des3"], _ => OpenSslCbc });
        var mail = kind switch
        {
            "a stranger's key" => Mail(Encrypt(TestKeys.Second, OpenSslCbc)),
            "signed only" => Mail(Sign()),
            "PGP" => Sequences.Bytes(Head + "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\r\n\r\n--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b--\r\n"),
            "no mail at all" => [],
            "cut off" => Mail(der[..^20]),
            "something behind it" => Mail([.. der, 5, 0]),
            "8-bit header" => [.. Sequences.Bytes("X-Name: J\u00f6rg\r\n"), .. Mail(der)],
            "not base64" => Mail(der, body: "not base64 at all *\r\n"),
            "declared as text" => Mail(der, type: "text/plain"),
            "two content types" => Mail(der, type: "application/pkcs7-mime\r\nContent-Type: text/plain"),
            "quoted-printable" => Mail(der, encoding: "quoted-printable"),
            "nothing inside" => Mail([]),
            "authentication results" => [.. Sequences.Bytes("authentication-results: portal.example;\r\n spf=pass smtp.mailfrom=bank.example\r\n"), .. Mail(der)],
            "a receipt" => [.. Sequences.Bytes("Vaultbox-Receipt: a.b.c\r\n"), .. Mail(der)],
            "nested" => Mail([.. Enumerable.Repeat(new byte[] { 0x30, 0x80 }, 100_000).SelectMany(static one => one)]),
            _ => Mail(der),
        };

        using var room = await Memory.TakeAsync(1, TestContext.Current.CancellationToken);
        Assert.Null(SealedBySender.TryKeep(Request(mail, TestKeys.First), room));
        using var message = MessageSealer.Seal(Request(mail, TestKeys.First), room);
        Assert.False(message.IsAsItCame);
    }

    // Opaque-signed mail is readable; the longer one is sealed into another buffer than it was looked at in.
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task TryKeep_ReadableMailThatIsNotKept_LeavesNothingOfItInAnyBuffer(bool isLong, bool isCutOff)
    {
        var memory = new SealingMemory(4 * 1024 * 1024);
        var marker = "The marker is heliotrope."u8.ToArray();
        var signed = Sign();
        // In base64 just short of the least buffer.
        var request = Request(Mail(isLong ? [.. signed, .. new byte[47_700 - signed.Length]] : signed, end: isCutOff ? "=*" : ""), TestKeys.First);
        using var room = await memory.TakeAsync(1, TestContext.Current.CancellationToken);
        var buffer = room.Rent(1);
        Array.Clear(buffer);

        Assert.Null(SealedBySender.TryKeep(request, room));
        Assert.Same(buffer, room.Rent(1));
        Assert.Equal(-1, buffer.AsSpan().IndexOfAnyExcept((byte)0));

        using var message = MessageSealer.Seal(request, room);
        Assert.Equal(isLong, room.Rent(1) != buffer);
        Assert.Equal((-1, -1), (buffer.AsSpan().IndexOf(marker), room.Rent(1).AsSpan().IndexOf(marker)));
    }

    [Theory]
    [InlineData("RSA", ContentCipher.Aes256Cbc)]
    [InlineData("P-256", ContentCipher.Aes256Gcm)]
    public void TryRead_EveryBitFlippedOrTheEndCutOff_IsReadOrNullAndNeverThrows(string key, ContentCipher cipher)
    {
        IReadOnlyList<MailCertificate> readers = [Interoperability.MailPrograms.Reader(key).Certificate];
        using var message = MessageSealer.Seal(Sealed.Request(Sequences.Bytes(Head + Plain)) with { Recipients = readers, Cipher = cipher });
        var der = message.Der.ToArray();
        Assert.NotNull(SenderEnvelope.TryRead(der, readers));
        for (var bit = 0; bit < der.Length * 8; bit++)
        {
            der[bit / 8] ^= (byte)(1 << (bit % 8));
            SenderEnvelope.TryRead(der, readers);
            der[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        for (var length = 0; length < der.Length; length++)
        {
            Assert.Null(SenderEnvelope.TryRead(der.AsMemory(0, length), readers));
        }
    }

    private static SealingRequest Request(byte[] original, TestIdentity reader) =>
        Sealed.Request(original, pieceSize: 1000) with { Recipients = [.. Others(reader), reader.Certificate] };

    // Another key of the vaultbox, which the sender did not know.
    private static IEnumerable<MailCertificate> Others(TestIdentity reader) =>
        reader.Certificate.Family == KeyFamily.Rsa ? [Stranger.Certificate] : [];

    private static byte[] Mail(byte[] cms, string type = "application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", string encoding = "BASE64", string? body = null, string end = "") =>
        Sequences.Bytes($"{Head}MIME-Version: 1.0\r\nContent-Type: {type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body ?? Convert.ToBase64String(cms, Base64FormattingOptions.InsertLineBreaks) + "\r\n"}{end}");

    // Options of a key stand behind the certificate that they are for.
    private static byte[] Encrypt(TestIdentity reader, string[] options) => Cms(reader, (certificate, _) =>
        ["-encrypt", .. options.TakeWhile(static one => one != "-keyopt"), "-recip", certificate, .. options.SkipWhile(static one => one != "-keyopt")]);

    private static byte[] Sign() => Cms(TestKeys.First, static (certificate, key) => ["-sign", "-nodetach", "-signer", certificate, "-inkey", key]);

    private static byte[] Cms(TestIdentity identity, Func<string, string, IEnumerable<string>> act)
    {
        var folder = Directory.CreateTempSubdirectory("smime-test-");
        try
        {
            string At(string name, string content)
            {
                File.WriteAllText(Path.Combine(folder.FullName, name), content);
                return Path.Combine(folder.FullName, name);
            }

            var arguments = act(At("certificate.pem", identity.CertificatePem), At("key.pem", identity.PrivateKeyPem)).ToList();
            return ExternalTool.Run("openssl", ["cms", "-binary", "-outform", "DER", "-in", At("plain", Plain), .. arguments]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
