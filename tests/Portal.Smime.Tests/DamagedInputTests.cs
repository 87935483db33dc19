using System.Buffers;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Portal.Smime.Tests.Support;

namespace Portal.Smime.Tests;

/// <summary>Whatever strangers send: each parser ends with a value or its own refusal, never with an exception, and in time that grows with the length.</summary>
public sealed class DamagedInputTests
{
    // Many more in the deep suite.
    private static readonly int Seeds = string.Equals(Environment.GetEnvironmentVariable("PORTAL_TEST_DEEP"), "1", StringComparison.Ordinal) ? 60_000 : 2_000;

    private static readonly byte[] Message = Sequences.Bytes(
        "Received: from mx.example\r\n by mail.example\r\nFrom: \"Otto, O.\" <otto@sender.example>, =?utf-8?B?SsO2cmc=?= <j@sender.example>\r\nSender: otto@sender.example\r\n"
        + "To: group: a@vault.example, b@vault.example;, <c@vault.example>\r\nDate: Sun, 22 Nov 2026 14:00:00 +0100\r\nMessage-ID: <1@sender.example>\r\n"
        + "References: <2@sender.example> <3@sender.example>\r\nBcc: d@vault.example\r\nSubject: =?iso-8859-1?Q?Gr=FC=DFe?=\r\n"
        + "Content-Type: multipart/mixed; boundary=\"b\"; name*0*=utf-8''%C3%A4; hp=\"clear\"\r\nHP-Outer: Subject: [...]\r\n\r\n"
        + "--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>x=3D&amp;</p>\r\n--b\r\n"
        + "Content-Disposition: attachment; filename*=utf-8''x%20y.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n");

    public static TheoryData<string> Uploads => ["RSA certificate", "EC certificate", "PEM", "bundle", "bundle as PEM", "sealed message"];

    [Theory]
    [MemberData(nameof(Uploads))]
    public void CertificateReader_DamagedUpload_GivesCertificatesOrARefusal(string kind)
    {
        var sound = Upload(kind);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var damaged = Damage.Of(sound, seed);
            var read = CertificateReader.Read(null, damaged);
            Assert.True(read.Refusal is null == (read.Certificates.Count > 0), $"seed {seed}");
            foreach (var certificate in read.Certificates)
            {
                // What was read can be looked at and is judged, whatever stands in it.
                CertificateChecks.Check(certificate, new CertificateCheckContext { VaultboxAddresses = ["first@vault.example"], Now = TestKeys.Now });
                CertificateDetails.Of(certificate);
            }
        }
    }

    [Theory]
    [InlineData("RSA certificate")]
    [InlineData("EC certificate")]
    public void Seal_ToADamagedCertificateThatPassedTheChecks_IsSealedOrASealingException(string kind)
    {
        var sound = Upload(kind);
        for (var seed = 0; seed < Seeds; seed++)
        {
            if (MailCertificate.TryParse(Damage.Of(sound, seed), out var certificate))
            {
                try
                {
                    using var message = MessageSealer.Seal(Sealed.Request(Message) with { Recipients = [certificate] });
                    Assert.Equal([certificate.FingerprintSha256], message.Fingerprints);
                }
                catch (SealingException)
                {
                    // The mail is put off.
                }
            }
        }
    }

    [Fact]
    public void SubmittedMessage_DamagedMessage_IsPreparedOrHasAFault()
    {
        var rules = new SubmissionRules(static _ => true, TestKeys.Now);
        for (var seed = 0; seed < Seeds; seed++)
        {
            using var prepared = SubmittedMessage.Prepare(new ReadOnlySequence<byte>(Damage.Of(Message, seed)), rules, out var fault);
            Assert.True(prepared is not null || Enum.IsDefined(fault), $"seed {seed}");
        }
    }

    [Fact]
    public void Seal_DamagedMessage_ComesBackByteForByte()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var original = Damage.Of(Message, seed);
            using var message = MessageSealer.Seal(Sealed.Request(original) with { Policy = HeaderPolicies.All[seed % HeaderPolicies.All.Count], Recipients = [TestKeys.Second.Certificate] });
            Assert.True(original.AsSpan().SequenceEqual(AddedLines.Remove(Sealed.Open(message, identity: TestKeys.Second), message.OuterHeaders)), $"seed {seed}");
        }
    }

    [Fact]
    public async Task TryKeep_DamagedSealedMail_IsKeptOrSealed()
    {
        var memory = new SealingMemory(8 * 1024 * 1024);
        using var room = await memory.TakeAsync(1, TestContext.Current.CancellationToken);
        using var message = MessageSealer.Seal(Sealed.Request(Message));
        var mail = new ArrayBufferWriter<byte>();
        OuterMessage.Write(message.OuterHeaders, message.Der.Span, mail);
        var sound = mail.WrittenSpan.ToArray();
        Assert.NotNull(SealedBySender.TryKeep(Sealed.Request(sound), room));
        for (var seed = 0; seed < Seeds; seed++)
        {
            using var kept = SealedBySender.TryKeep(Sealed.Request(Damage.Of(sound, seed)), room);
            Assert.True(kept is null or { Fingerprints.Count: 1 }, $"seed {seed}");
        }
    }

    /// <summary>Indefinite lengths within one another, which a parser that looks for each end anew takes quadratic time for.</summary>
    [Theory]
    [InlineData(new byte[] { 0x30, 0x80 })]
    [InlineData(new byte[] { 0xa0, 0x80 })]
    [InlineData(new byte[] { 0x24, 0x80 })]
    [InlineData(new byte[] { 0x31, 0x80 })]
    public void Readers_DeeplyNestedBer_TakeTimeByItsLength(byte[] level)
    {
        var nested = new byte[CertificateReader.MaximumInput];
        for (var at = 0; at < nested.Length; at++)
        {
            nested[at] = level[at % 2];
        }

        var started = Stopwatch.GetTimestamp();
        Assert.Equal(CertificateCodes.Unparsable, CertificateReader.Read(null, nested).Refusal?.Code);
        Assert.Null(SenderEnvelope.TryRead(nested));

        // Milliseconds when it is linear; 131,072 levels squared would be many seconds.
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private static byte[] Upload(string kind)
    {
        using var first = TestKeys.First.ToX509();
        using var second = TestKeys.Second.ToX509();
        X509Certificate2[] both = [first, second];
        var bundle = new X509Certificate2Collection(both).Export(X509ContentType.Pkcs7)!;
        using var message = MessageSealer.Seal(Sealed.Request(Message));
        return kind switch
        {
            "RSA certificate" => TestKeys.First.Certificate.Der.ToArray(),
            "EC certificate" => TestKeys.Curve256.Certificate.Der.ToArray(),
            "PEM" => Encoding.ASCII.GetBytes(TestKeys.First.CertificatePem + TestKeys.Curve256.CertificatePem),
            "bundle" => bundle,
            "bundle as PEM" => Encoding.ASCII.GetBytes(PemEncoding.WriteString("PKCS7", bundle)),
            _ => message.Der.ToArray(),
        };
    }
}
