using Portal.Smime.Tests.Support;

namespace Portal.Smime.Tests.Headers;

public sealed class OuterHeadersTests
{
    private const string Full =
        "Received: from secret.example\r\nFrom: \"Secret Name\" <a@sender.example>\r\nTo: Secret <b@vault.example>,\r\n =?utf-8?Q?S=C3=A9cret?= <c@vault.example>\r\n"
        + "Cc: Group: d@vault.example, e@vault.example;\r\nBcc: secret@vault.example\r\nReply-To: secret@sender.example\r\n"
        + "Subject: Secret subject\r\nDate: Sun, 22 Nov 2026 14:30:00 +0530\r\nMessage-ID: <1@sender.example>\r\n"
        + "In-Reply-To: <secret@x>\r\nX-Secret: secret\r\nContent-Type: text/plain; name=secret\r\n\r\nsecret\r\n";

    [Fact]
    public void Shy_FullHeader_KeepsAddressesDateAndIdOnly()
    {
        using var message = Sealed.Seal(Full);
        Assert.Equal(
            "From: a@sender.example\r\nTo: b@vault.example, c@vault.example\r\nCc: d@vault.example, e@vault.example\r\n"
            + "Date: Sun, 22 Nov 2026 09:00:00 +0000\r\nSubject: [...]\r\nMessage-ID: <1@sender.example>\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: application/pkcs7-mime; smime-type=enveloped-data;\r\n name=\"smime.p7m\"\r\n"
            + "Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"smime.p7m\"\r\n",
            message.OuterHeaders);
        Assert.Equal(
            new OuterFields("a@sender.example", "b@vault.example, c@vault.example", "d@vault.example, e@vault.example", "Sun, 22 Nov 2026 09:00:00 +0000", "[...]", "<1@sender.example>"),
            message.Outer);
        Assert.DoesNotContain("secret", message.OuterHeaders.Replace("sender", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Shy_InnerEntity_RepeatsOuterFieldsInOrderBehindTheTrace()
    {
        using var message = Sealed.Seal(Full);
        var inner = Sealed.OpenText(message);
        Assert.StartsWith(
            Sealed.Trace
            + "HP-Outer: From: a@sender.example\r\nHP-Outer: To: b@vault.example, c@vault.example\r\nHP-Outer: Cc: d@vault.example, e@vault.example\r\n"
            + "HP-Outer: Date: Sun, 22 Nov 2026 09:00:00 +0000\r\nHP-Outer: Subject: [...]\r\nHP-Outer: Message-ID: <1@sender.example>\r\n"
            + "Received: from secret.example\r\n",
            inner,
            StringComparison.Ordinal);
        Assert.Contains("Content-Type: text/plain; name=secret\r\n ; hp=\"cipher\"\r\n\r\nsecret", inner, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("trailing semicolon", "charset=utf-8;\r\n hp=\"cipher\"\r\n\r\n")]
    [InlineData("trailing semicolon and folded white space", "charset=utf-8; \r\n \r\n hp=\"cipher\"\r\n\r\n")]
    [InlineData("trailing semicolon and comment", "comment)\r\n hp=\"cipher\"\r\n\r\n")]
    [InlineData("trailing comment with semicolon", "(plain;)\r\n ; hp=\"cipher\"\r\n\r\n")]
    [InlineData("quoted semicolon", "name=\"x;\"\r\n ; hp=\"cipher\"\r\n\r\n")]
    [InlineData("folded content type", "b\"\r\n ; hp=\"cipher\"\r\nX: y\r\n")]
    [InlineData("no content type", "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii; hp=\"cipher\"\r\nHP-Outer: From:")]
    [InlineData("no content type, MIME-Version", " dkim=none\r\nContent-Type: text/plain; charset=us-ascii; hp=\"cipher\"\r\nHP-Outer: From:")]
    [InlineData("bare text", "HP-Outer: Subject: [...]\r\n\r\nHello world\r\n")]
    public void InnerEntity_ContentType_CarriesTheParameter(string name, string expected)
    {
        using var message = Sealed.Seal(Corpus.Get(name));
        Assert.Contains(expected, Sealed.OpenText(message), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("folded content type")]
    [InlineData("trailing semicolon")]
    [InlineData("trailing semicolon and folded white space")]
    [InlineData("trailing semicolon and comment")]
    [InlineData("trailing comment with semicolon")]
    [InlineData("quoted semicolon")]
    [InlineData("no content type")]
    [InlineData("no header")]
    [InlineData("mbox line")]
    [InlineData("odd case, space before colon")]
    public void InnerEntity_ReadByMimeKit_DeclaresHeaderProtection(string name)
    {
        using var message = Sealed.Seal(Corpus.Get(name));
        using var stream = new MemoryStream(Sealed.Open(message));
        var mail = MimeKit.MimeMessage.Load(stream, TestContext.Current.CancellationToken);
        Assert.Equal("cipher", mail.Body!.ContentType.Parameters["hp"]);
        Assert.Contains("Subject: [...]", mail.Headers.Where(static header => header.Field is "HP-Outer").Select(static header => header.Value));
    }

    [Fact]
    public void Shy_NothingReadable_GivesOurDateAndNoAddresses()
    {
        using var message = Sealed.Seal("Subject: x\r\nDate: yesterday\r\nTo: undisclosed-recipients:;\r\nFrom: Some Body\r\n\r\n");
        Assert.Equal(new OuterFields(null, null, null, "Sun, 22 Nov 2026 13:00:00 +0000", "[...]", null), message.Outer);
    }

    [Theory]
    [InlineData("<with space@x>")]
    [InlineData("no brackets")]
    [InlineData("<a@b> <c@d>")]
    [InlineData("<\u00e4@b>")]
    [InlineData("<>")]
    public void Shy_MalformedMessageId_StaysInside(string id)
    {
        using var message = Sealed.Seal($"Message-ID: {id}\r\n\r\n");
        Assert.Null(message.Outer.MessageId);
    }

    [Theory]
    [InlineData("Secret text, a@b.example", "a@b.example")]
    [InlineData("\"Secret <x@y>\" <a@b.example>", "a@b.example")]
    [InlineData("\"quoted local\"@b.example", "\"quoted local\"@b.example")]
    [InlineData("a@[192.0.2.1]", "a@[192.0.2.1]")]
    [InlineData("a@b\u00c3\u00bccher.example", "a@xn--bcher-kva.example")]
    [InlineData("<@relay.example:a@b.example>", "a@b.example")]
    public void Shy_Addresses_AreAddrSpecsOnly(string field, string expected)
    {
        using var message = Sealed.Seal($"To: {field}\r\n\r\n");
        Assert.Equal(expected, message.Outer.To);
    }

    [Fact]
    public void Shy_ThousandRecipients_FoldsBelow78ColumnsWithoutLoss()
    {
        var addresses = Enumerable.Range(0, 1000).Select(static number => $"person{number}@vault.example").ToList();
        using var message = Sealed.Seal("To: " + string.Join(", ", addresses) + "\r\n\r\n");
        Assert.Equal(addresses, message.Outer.To!.Split(", "));
        Assert.All(message.OuterHeaders.Split("\r\n"), static line => Assert.InRange(line.Length, 0, 78));
        using var stream = new MemoryStream(Sequences.Bytes(message.OuterHeaders + "\r\n"));
        Assert.Equal(addresses, MimeKit.MimeMessage.Load(stream, TestContext.Current.CancellationToken).To.Mailboxes.Select(static one => one.Address));
    }

    [Fact]
    public void Shy_RandomBytes_WritesFieldLinesOnly()
    {
        for (var seed = 1000; seed < 1400; seed++)
        {
            using var message = Sealed.Seal(Noise.Make(seed));
            var fields = AddedLines.Fields(message.OuterHeaders, 0);
            Assert.True(fields[^1].End == message.OuterHeaders.Length, $"seed {seed}");
            Assert.True(fields.TrueForAll(static field => !field.Text[..^2].Replace("\r\n ", "", StringComparison.Ordinal).Any(char.IsControl)), $"seed {seed}");
        }
    }
}
