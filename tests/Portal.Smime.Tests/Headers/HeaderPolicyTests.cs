using Portal.Smime.Tests.Support;

namespace Portal.Smime.Tests.Headers;

public sealed class HeaderPolicyTests
{
    private const string Full =
        "Received: from secret.example\r\nFrom: \"Doe, Jane\" <a@sender.example>\r\nTo: B <b@vault.example>,\r\n =?utf-8?Q?C=C3=A9?= <c@vault.example>\r\n"
        + "Cc: Group: d@vault.example, e@vault.example;\r\nBcc: secret@vault.example\r\nReply-To: secret@sender.example\r\n"
        + "Subject: Plans =?utf-8?Q?f=C3=BCr?=\r\n\tTuesday\r\nDate: Sun, 22 Nov 2026 14:30:00 +0530\r\nMessage-ID: <1@sender.example>\r\n"
        + "In-Reply-To: <secret@x>\r\nX-Secret: secret\r\nContent-Type: text/plain; name=secret\r\n\r\nsecret\r\n";

    private const string AsTheyCame =
        "From: \"Doe, Jane\" <a@sender.example>\r\nTo: B <b@vault.example>, =?utf-8?Q?C=C3=A9?= <c@vault.example>\r\nCc: Group: d@vault.example, e@vault.example;\r\n"
        + "Date: Sun, 22 Nov 2026 14:30:00 +0530\r\n";

    public static TheoryData<HeaderPolicy> Policies => [.. HeaderPolicies.All];

    [Theory]
    [InlineData(HeaderPolicy.Open, AsTheyCame + "Subject: Plans =?utf-8?Q?f=C3=BCr?= Tuesday\r\nMessage-ID: <1@sender.example>\r\n")]
    [InlineData(HeaderPolicy.Baseline, AsTheyCame + "Subject: [...]\r\nMessage-ID: <1@sender.example>\r\n")]
    [InlineData(
        HeaderPolicy.Shy,
        "From: a@sender.example\r\nTo: b@vault.example, c@vault.example\r\nCc: d@vault.example, e@vault.example\r\n"
        + "Date: Sun, 22 Nov 2026 09:00:00 +0000\r\nSubject: [...]\r\nMessage-ID: <1@sender.example>\r\n")]
    [InlineData(
        HeaderPolicy.Blind,
        "From: first@vault.example\r\nTo: first@vault.example\r\nDate: Sun, 22 Nov 2026 13:00:00 +0000\r\nSubject: [...]\r\n"
        + "Message-ID: <0191d5b2-6a5e-7cc0-8f25-aaaaaaaaaaaa@vault.example>\r\n")]
    public void Seal_EachPolicy_ShowsItsFieldsAndRepeatsThemInside(HeaderPolicy policy, string expected)
    {
        using var message = Sealed.Seal(Full, policy);
        Assert.StartsWith(expected + "MIME-Version: 1.0\r\n", message.OuterHeaders, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", message.OuterHeaders, StringComparison.OrdinalIgnoreCase);

        var inner = Sealed.OpenText(message);
        var repeated = string.Concat(expected.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(static line => $"HP-Outer: {line}\r\n"));
        Assert.StartsWith(Sealed.Trace + repeated + "Received: from secret.example\r\n", inner, StringComparison.Ordinal);
        Assert.Contains("name=secret\r\n ; hp=\"cipher\"\r\n\r\nsecret", inner, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void Seal_EachPolicy_GivesTheMessageIdThatStandsOutside(HeaderPolicy policy)
    {
        using var message = Sealed.Seal(Full, policy);
        Assert.Contains($"Message-ID: {message.Outer.MessageId}\r\n", message.OuterHeaders, StringComparison.Ordinal);
        Assert.Equal("<1@sender.example>", message.MessageIdHeader);
    }

    [Fact]
    public void Blind_AnyMessage_ShowsTheSameBlock()
    {
        using var one = Sealed.Seal(Full, HeaderPolicy.Blind);
        using var other = Sealed.Seal("From: z@other.example\r\nDate: Mon, 1 Jan 2001 00:00:00 +0000\r\n\r\n", HeaderPolicy.Blind);
        Assert.Equal(one.OuterHeaders, other.OuterHeaders);
    }

    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("", "")]
    [InlineData("two  spaces\tand a tab", "two  spaces and a tab")]
    [InlineData("=?iso-8859-1?Q?Gr=FC=DFe?= as they came", "=?iso-8859-1?Q?Gr=FC=DFe?= as they came")]
    [InlineData("Gr\u00c3\u00bc\u00c3\u009fe", "=?utf-8?B?R3LDvMOfZQ==?=")]
    [InlineData("Gr\u00fc\u00dfe", "=?utf-8?B?R3LDvMOfZQ==?=")]
    [InlineData("nul\0byte and \u0007bell", "nulbyte and bell")]
    [InlineData("=?utf-8?Q?one=0D=0ABcc:_x@y.example?=", "one Bcc: x@y.example")]
    [InlineData("=?utf-8?Q?annex_=E2=80=AEfdp.exe?=", "annex fdp.exe")]
    [InlineData("\u0001 =?utf-8?Q?=3D=3Futf-8=3FQ=3Fx=3F=3D?=", "=?utf-8?B?PT91dGYtOD9RP3g/PQ==?=")]
    public void Open_Subject_IsAsItCameUnlessItCouldDeceive(string subject, string expected)
    {
        using var message = Sealed.Seal($"Subject: {subject}\r\n\r\n", HeaderPolicy.Open);
        Assert.Equal(expected, message.Outer.Subject);
    }

    [Fact]
    public void Open_BareCarriageReturnInASubject_MakesNoLine()
    {
        using var message = Sealed.Seal("Subject: one\rBcc: x@y.example\r\n\r\n", HeaderPolicy.Open);
        Assert.DoesNotContain("\rB", message.OuterHeaders, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', message.Outer.Subject!);
    }

    [Fact]
    public void Open_NoSubject_ShowsNone()
    {
        using var message = Sealed.Seal("From: a@b.example\r\n\r\n", HeaderPolicy.Open);
        Assert.Null(message.Outer.Subject);
        Assert.DoesNotContain("Subject", message.OuterHeaders, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"Doe, Jane\" <a@b.example> (at work)", "\"Doe, Jane\" <a@b.example> (at work)")]
    [InlineData("undisclosed-recipients:;", "undisclosed-recipients:;")]
    [InlineData("J\u00f6rg <a@b.example>", "=?utf-8?B?SsO2cmc=?= <a@b.example>")]
    [InlineData("a@b\u00c3\u00bccher.example", "a@xn--bcher-kva.example")]
    [InlineData("\"nul\0byte\" <a@b.example>", "nulbyte <a@b.example>")]
    [InlineData("=?utf-8?Q?one=0D=0ABcc=3A_x?= <a@b.example>", "\"one Bcc: x\" <a@b.example>")]
    [InlineData("\"Doe, Jane\" <a@b.example>, Secret text", "\"Doe, Jane\" <a@b.example>")]
    [InlineData("\"a \\\"b\\\" \\\\ \u00078\" <a@b.example>", "\"a \\\"b\\\" \\\\ 8\" <a@b.example>")]
    [InlineData("Secret text", null)]
    [InlineData("", null)]
    public void Open_Addresses_AreAsTheyCameUnlessTheyCouldDeceive(string field, string? expected)
    {
        using var message = Sealed.Seal($"To: {field}\r\n\r\n", HeaderPolicy.Open);
        Assert.Equal(expected, message.Outer.To);
    }

    [Theory]
    [InlineData("Sun, 22 Nov 2026 14:30:00 +0530 (IST)", "Sun, 22 Nov 2026 14:30:00 +0530 (IST)")]
    [InlineData("Sun, 22 Nov 2026 14:30:00 +0530 (\u00e4)", "Sun, 22 Nov 2026 09:00:00 +0000")]
    [InlineData("yesterday", "Sun, 22 Nov 2026 13:00:00 +0000")]
    public void Open_Date_KeepsItsZoneWhenItCanBeRead(string field, string expected)
    {
        using var message = Sealed.Seal($"Date: {field}\r\n\r\n", HeaderPolicy.Open);
        Assert.Equal(expected, message.Outer.Date);
    }

    [Theory]
    [InlineData('x')]
    [InlineData(' ')]
    [InlineData(',')]
    [InlineData('\u00fc')]
    [InlineData('"')]
    [InlineData('(')]
    public void Open_OverlongFields_StayWithinALine(char filler)
    {
        var run = new string(filler, 200_000);
        using var message = Sealed.Seal($"From: {run} <a@b.example>\r\nTo: z {run} z@b.example\r\nSubject: z{run}z\r\nDate: {run}\r\n\r\n", HeaderPolicy.Open);
        Assert.All(message.OuterHeaders.Split("\r\n"), static line => Assert.InRange(line.Length, 0, 998));
        Assert.InRange(message.Outer.Subject!.Length, 1, 2000);
    }

    [Fact]
    public void Open_LongSubject_FoldsBelow78ColumnsWithoutLoss()
    {
        var subject = string.Join(' ', Enumerable.Range(0, 150).Select(static number => $"word{number}"));
        using var message = Sealed.Seal($"Subject: {subject}\r\n\r\n", HeaderPolicy.Open);
        Assert.All(message.OuterHeaders.Split("\r\n"), static line => Assert.InRange(line.Length, 0, 78));
        using var stream = new MemoryStream(Sequences.Bytes(message.OuterHeaders + "\r\n"));
        Assert.Equal(subject, MimeKit.MimeMessage.Load(stream, TestContext.Current.CancellationToken).Subject);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void Seal_RandomBytes_ShowsPrintableFieldsOfThePolicyOnly(HeaderPolicy policy)
    {
        string[] known = ["From", "To", "Cc", "Date", "Subject", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition"];
        for (var seed = 2000; seed < 2300; seed++)
        {
            using var message = MessageSealer.Seal(Sealed.Request(Noise.Make(seed)) with { Policy = policy });
            var fields = AddedLines.Fields(message.OuterHeaders, 0);
            Assert.True(fields[^1].End == message.OuterHeaders.Length, $"seed {seed}");
            var names = fields.ConvertAll(static field => field.Text[..field.Text.IndexOf(':')]);
            Assert.Equal(known.Where(names.Contains), names);
            Assert.True(fields.TrueForAll(static field => !field.Text.Replace("\r\n ", "", StringComparison.Ordinal)[..^2].Any(char.IsControl)), $"seed {seed}");
        }
    }

    [Theory]
    [InlineData("open", HeaderPolicy.Open)]
    [InlineData("baseline", HeaderPolicy.Baseline)]
    [InlineData("shy", HeaderPolicy.Shy)]
    [InlineData("blind", HeaderPolicy.Blind)]
    [InlineData("Open", null)]
    [InlineData("", null)]
    public void Parse_NameOfASetting_IsThePolicy(string text, HeaderPolicy? expected) => Assert.Equal(expected, HeaderPolicies.Parse(text));
}
