using System.Buffers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Portal.Smime.Tests.Support;

namespace Portal.Smime.Tests.Fuzzing;

/// <summary>What the server reads that strangers wrote: certificates that people upload, and mail.</summary>
internal static class FuzzTargets
{
    private static readonly byte[] Message = Sequences.Bytes(
        "Received: from mx.example\r\n by mail.example\r\nFrom: \"Otto, O.\" <otto@sender.example>, =?utf-8?B?SsO2cmc=?= <j@sender.example>\r\nSender: otto@sender.example\r\n"
        + "To: group: a@vault.example, b@vault.example;, <c@vault.example>\r\nDate: Sun, 22 Nov 2026 14:00:00 +0100\r\nMessage-ID: <1@sender.example>\r\n"
        + "References: <2@sender.example> <3@sender.example>\r\nBcc: d@vault.example\r\nSubject: =?iso-8859-1?Q?Gr=FC=DFe?=\r\n"
        + "Content-Type: multipart/mixed; boundary=\"b\"; name*0*=utf-8''%C3%A4; hp=\"clear\"\r\nHP-Outer: Subject: [...]\r\n\r\n"
        + "--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>x=3D&amp;</p>\r\n--b\r\n"
        + "Content-Disposition: attachment; filename*=utf-8''x%20y.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n");

    private static readonly SubmissionRules Rules = new(static _ => true, TestKeys.Now);

    private static readonly CertificateCheckContext Checks = new() { VaultboxAddresses = ["first@vault.example"], Now = TestKeys.Now };

    private static readonly Lazy<IReadOnlyList<byte[]>> Certificates = new(() => [TestKeys.First.Certificate.Der.ToArray(), TestKeys.Curve256.Certificate.Der.ToArray()]);

    private static readonly Lazy<byte[]> SealedMail = new(static () =>
    {
        using var message = MessageSealer.Seal(Sealed.Request(Message));
        var mail = new ArrayBufferWriter<byte>();
        OuterMessage.Write(message.OuterHeaders, message.Der.Span, mail);
        return mail.WrittenSpan.ToArray();
    });

    public static IReadOnlyList<string> Names { get; } = ["upload", "recipient", "submission", "message", "sealed-mail", "envelope"];

    public static FuzzTarget Get(string name) => name switch
    {
        "upload" => new FuzzTarget(name, Uploads(), ReadUpload),
        "recipient" => new FuzzTarget(name, Certificates.Value, SealToIt),
        "submission" => new FuzzTarget(name, [Message], Prepare),
        "message" => new FuzzTarget(name, [Message, .. Corpus.Names.Select(static one => Corpus.Get(one.Data))], SealIt),
        "sealed-mail" => new FuzzTarget(name, [SealedMail.Value], KeepIt),
        "envelope" => new FuzzTarget(name, [DerOf(ContentCipher.Aes256Cbc), DerOf(ContentCipher.Aes256Gcm)], ReadEnvelope),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such target."),
    };

    private static byte[] DerOf(ContentCipher cipher)
    {
        using var message = MessageSealer.Seal(Sealed.Request(Message) with { Cipher = cipher });
        return message.Der.ToArray();
    }

    private static IReadOnlyList<byte[]> Uploads()
    {
        using var first = TestKeys.First.ToX509();
        using var second = TestKeys.Second.ToX509();
        X509Certificate2[] both = [first, second];
        var bundle = new X509Certificate2Collection(both).Export(X509ContentType.Pkcs7)!;
        return
        [
            .. Certificates.Value,
            Encoding.ASCII.GetBytes(TestKeys.First.CertificatePem + TestKeys.Curve256.CertificatePem),
            bundle,
            Encoding.ASCII.GetBytes(PemEncoding.WriteString("PKCS7", bundle)),
            DerOf(ContentCipher.Aes256Cbc),
        ];
    }

    // Certificates or a refusal; what was read can be looked at and is judged, whatever stands in it.
    private static string ReadUpload(byte[] input)
    {
        var read = CertificateReader.Read(null, input);
        Assert.Equal(read.Certificates.Count > 0, read.Refusal is null);
        var found = new SortedSet<string>(StringComparer.Ordinal) { read.Refusal?.Code ?? "read" };
        foreach (var certificate in read.Certificates)
        {
            // Which of the checks speak against it is a way of its own; which of several certificates they are of is none.
            found.Add(string.Join(' ', CertificateChecks.Check(certificate, Checks).Steps.Where(static one => one.Outcome == CheckOutcome.Refused).Select(static one => one.Code)));
            CertificateDetails.Of(certificate);
        }

        return string.Join(',', found);
    }

    // Sealed, or the mail is put off.
    private static string SealToIt(byte[] input)
    {
        if (!MailCertificate.TryParse(input, out var certificate))
        {
            return "no certificate";
        }

        try
        {
            using var message = MessageSealer.Seal(Sealed.Request(Message) with { Recipients = [certificate] });
            Assert.Equal([certificate.FingerprintSha256], message.Fingerprints);
            return $"sealed {certificate.Family}";
        }
        catch (SealingException error)
        {
            return $"{certificate.Family} {error.InnerException?.GetType().Name}";
        }
    }

    private static string Prepare(byte[] input)
    {
        using var prepared = SubmittedMessage.Prepare(new ReadOnlySequence<byte>(input), Rules, out var fault);
        Assert.True(prepared is not null || Enum.IsDefined(fault));
        return prepared is null ? fault.ToString() : "prepared";
    }

    // By a policy that the input chooses; comes back byte for byte.
    private static string SealIt(byte[] input)
    {
        var policy = HeaderPolicies.All[input.Length % HeaderPolicies.All.Count];
        using var message = MessageSealer.Seal(Sealed.Request(input) with { Policy = policy, Recipients = [TestKeys.Second.Certificate] });
        Assert.True(input.AsSpan().SequenceEqual(AddedLines.Remove(Sealed.Open(message, identity: TestKeys.Second), message.OuterHeaders)));
        return $"{policy}, {message.OuterHeaders.Split("\r\n").Length} lines outside";
    }

    private static string KeepIt(byte[] input)
    {
        // What a room is asked for here is there at once.
        using var room = new SealingMemory(8 * 1024 * 1024).TakeAsync(1, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        using var kept = SealedBySender.TryKeep(Sealed.Request(input), room);
        Assert.True(kept is null or { Fingerprints.Count: 1 });
        return kept is null ? "to be sealed" : $"kept {kept.Cipher}";
    }

    private static string ReadEnvelope(byte[] input) => SenderEnvelope.TryRead(input, [TestKeys.First.Certificate]) is { } envelope
        ? $"{envelope.Cipher} {envelope.Readers.Count}"
        : "none";
}
