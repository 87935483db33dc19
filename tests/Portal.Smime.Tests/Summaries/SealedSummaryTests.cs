using System.Text;
using System.Text.Json;
using Portal.Smime.Tests.Support;

namespace Portal.Smime.Tests.Summaries;

public sealed class SealedSummaryTests
{
    private const string Mixed =
        "From: =?utf-8?B?w4Rubmk=?= <a@sender.example>\r\nTo: \"B, C\" <b@vault.example>, c@vault.example\r\n"
        + "Subject: =?utf-8?B?0J/RgNC40LLQtdGC?= =?utf-8?B?44GT44KT44Gr44Gh44Gv?= hello\r\nDate: Sun, 22 Nov 2026 14:30:00 +0530\r\nMessage-ID: <m@x>\r\nIn-Reply-To: <p@x>\r\n"
        + "References: <1@x> <2@x> <3@x>\r\n <4@x> <5@x> <6@x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"out er\"\r\n\r\npreamble\r\n"
        + "--out er\r\nContent-Type: multipart/alternative; boundary=in\r\n\r\n--in\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + "Gr=FC=DFe\r\n   aus =\r\nK=F6ln\r\n--in\r\nContent-Type: text/html\r\n\r\n<p>other</p>\r\n--in--\r\n"
        + "--out er\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename*=utf-8''%C3%A4.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nAAEC\r\nAwQ=\r\n"
        + "--out er\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\nContent-Type: multipart/mixed; boundary=z\r\n\r\n--z\r\nContent-Type: image/png; name=hidden.png\r\n\r\n--z--\r\n--out er--\r\nepilogue";

    [Fact]
    public void Seal_MixedMessage_SummaryHasTheContractsFields()
    {
        Assert.Equal(
            "{\"from\":[{\"name\":\"Änni\",\"address\":\"a@sender.example\"}],\"to\":[{\"name\":\"B, C\",\"address\":\"b@vault.example\"},{\"name\":\"\",\"address\":\"c@vault.example\"}],"
            + "\"subject\":\"Приветこんにちは hello\",\"date\":\"2026-11-22T09:00:00Z\",\"messageId\":\"m@x\",\"inReplyTo\":\"p@x\",\"references\":[\"2@x\",\"3@x\",\"4@x\",\"5@x\",\"6@x\"],"
            + "\"text\":\"Grüße aus Köln\",\"attachments\":[{\"name\":\"ä.pdf\",\"type\":\"application/pdf\",\"size\":5},{\"name\":\"\",\"type\":\"message/rfc822\",\"size\":115}],"
            + "\"auth\":\"spf=pass smtp.mailfrom=sender.example; dkim=none\"}",
            Sealed.Summary(Mixed).GetRawText());
    }

    [Fact]
    public void Seal_NothingInTheMessage_SummaryHasNullsAndEmptyLists()
    {
        Assert.Equal(
            "{\"from\":[],\"to\":[],\"subject\":null,\"date\":null,\"messageId\":null,\"inReplyTo\":null,\"references\":[],\"text\":\"\",\"attachments\":[],\"auth\":\"spf=pass smtp.mailfrom=sender.example; dkim=none\"}",
            Sealed.Summary("").GetRawText());
    }

    [Theory]
    [InlineData("Subject: x\r\n\r\n", 512)]
    [InlineData("Subject: x\r\n\r\nText", 512)]
    public void Seal_SmallSummary_IsPaddedWithSpaces(string original, int size)
    {
        var request = Sealed.Request(Sequences.Bytes(original));
        using var message = MessageSealer.Seal(request);
        var plain = Sealed.OpenSummary(message, request);
        Assert.Equal(size, plain.Length);
        Assert.Equal(1 + 65 + size + 16, message.Summary!.Length);
        Assert.Equal((byte)' ', plain[^1]);
        Assert.Equal((byte)'{', plain[0]);
    }

    [Fact]
    public void Seal_EverythingLong_FitsTheLargestSizeAndKeepsSenderAndSubject()
    {
        var wide = string.Concat(Enumerable.Repeat("\u00e6\u00bc\u00a2", 300)); // a three-byte character, as UTF-8
        var addresses = string.Join(", ", Enumerable.Range(0, 50).Select(number => $"{wide[..150]} <{number}{new string('a', 180)}@x.example>"));
        var original = $"From: {addresses}\r\nTo: {addresses}\r\nSubject: {wide}\r\nMessage-ID: <{new string('m', 190)}@x>\r\nIn-Reply-To: <{new string('i', 190)}@x>\r\n"
            + $"References: {string.Join(' ', Enumerable.Range(0, 9).Select(number => $"<{number}{new string('r', 180)}@x>"))}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{wide}\r\n"
            + string.Concat(Enumerable.Range(0, 20).Select(number => $"--b\r\nContent-Type: application/x-{number}; name=\"{wide[..210]}\"\r\n\r\nx\r\n")) + "--b--\r\n";
        var request = Sealed.Request(Sequences.Bytes(original));
        using var message = MessageSealer.Seal(request);
        var plain = Sealed.OpenSummary(message, request);
        Assert.Equal(2048, plain.Length);
        var summary = JsonDocument.Parse(plain).RootElement;
        Assert.Equal("0" + new string('a', 180) + "@x.example", summary.GetProperty("from")[0].GetProperty("address").GetString());
        Assert.StartsWith("漢漢漢", summary.GetProperty("subject").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Seal_MediumSummary_TakesTheMiddleSize()
    {
        var references = string.Join(' ', Enumerable.Range(0, 5).Select(static number => $"<{number}{new string('r', 60)}@x>"));
        var request = Sealed.Request(Sequences.Bytes($"References: {references}\r\nSubject: {new string('s', 200)}\r\n\r\n"));
        using var message = MessageSealer.Seal(request);
        Assert.Equal(1024, Sealed.OpenSummary(message, request).Length);
    }

    [Fact]
    public void Seal_RandomBytes_SummaryIsAlwaysPaddedJson()
    {
        for (var seed = 2000; seed < 2300; seed++)
        {
            var request = Sealed.Request(Noise.Make(seed), pieceSize: 7);
            using var message = MessageSealer.Seal(request);
            var plain = Sealed.OpenSummary(message, request);
            Assert.Contains(plain.Length, SealedSummary.PaddedSizes);
            var summary = JsonDocument.Parse(plain).RootElement;
            Assert.True(summary.GetProperty("text").GetString()!.Length <= 140, $"seed {seed}");
            Assert.DoesNotContain(summary.ToString(), static character => char.IsControl(character));
        }
    }

    [Fact]
    public void Seal_SummaryOfAnotherMessage_DoesNotOpen()
    {
        var request = Sealed.Request(Corpus.Get("plain"));
        using var message = MessageSealer.Seal(request);
        Assert.NotEmpty(Sealed.OpenSummary(message, request));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => Sealed.OpenSummary(message, request with { MessageId = Guid.Empty }));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => Sealed.OpenSummary(message, request with { VaultboxId = Guid.Empty }));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("Received: x\r\n", null)]
    [InlineData("Authentication-Results: host; none\r\n", "none")]
    [InlineData("Received: Authentication-Results: no;\r\nAuthentication-Results: host 1;\r\n\tdkim=pass;\r\n\tspf=fail\r\n", "dkim=pass; spf=fail")]
    [InlineData("Authentication-Results: host; dmarc=pass\r\nReceived: x;\r\n", "dmarc=pass")]
    public void Seal_TraceHeaders_GiveTheAuthField(string trace, string? expected)
    {
        var request = Sealed.Request(Corpus.Get("plain")) with { TraceHeaders = trace };
        using var message = MessageSealer.Seal(request);
        Assert.Equal(expected, JsonDocument.Parse(Sealed.OpenSummary(message, request)).RootElement.GetProperty("auth").GetString());
    }

    [Fact]
    public void Seal_DirectionOverrides_AreTakenOutOfNames()
    {
        var summary = Sealed.Summary(Encoding.UTF8.GetBytes("Subject: a\u202eb\u0007\r\nContent-Type: image/png; name=\"x\u202egpj.exe\"\r\n\r\n"));
        Assert.Equal("ab", summary.GetProperty("subject").GetString());
        Assert.Equal("xgpj.exe", summary.GetProperty("attachments")[0].GetProperty("name").GetString());
    }
}
