using System.Buffers;
using System.Text;

namespace Portal.Smime.Tests.Submission;

public sealed class SubmittedMessageTests
{
    private static readonly DateTimeOffset Now = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    private const string Complete = "From: Mara <mara@vault.test>\r\nDate: Tue, 3 Feb 2026 03:00:00 +0000\r\nMessage-ID: <a@vault.test>\r\n";

    [Fact]
    public void Prepare_OfACompleteMessage_ChangesNothing()
    {
        var text = Complete + "Subject: x\r\n\r\nBody\r\nBcc: not a field here\r\n";

        Assert.Equal(text, Prepared(text, out var hadMessageId));
        Assert.True(hadMessageId);
    }

    [Fact]
    public void Prepare_WithoutDateAndMessageId_AddsThemInFront()
    {
        var made = Prepared("From: mara@vault.test\r\nSubject: x\r\n\r\nBody\r\n", out var hadMessageId);

        Assert.Matches("\\ADate: Tue, 3 Feb 2026 04:05:06 \\+0000\r\nMessage-ID: <[0-9a-f]{32}@vault\\.test>\r\nFrom: mara@vault\\.test\r\nSubject: x\r\n\r\nBody\r\n\\z", made);
        Assert.False(hadMessageId);
    }

    [Theory]
    [InlineData("Date: yesterday\r\n", "Date: Tue, 3 Feb 2026 04:05:06 +0000\r\n")]
    [InlineData("Message-ID: none\r\n", "Message-ID: <")]
    public void Prepare_WithAFieldThatCannotBeRead_PutsAGoodOneInItsPlace(string broken, string good)
    {
        var made = Prepared("From: mara@vault.test\r\n" + broken + "\r\n", out _);

        Assert.DoesNotContain(broken, made, StringComparison.Ordinal);
        Assert.StartsWith("Date: Tue, 3 Feb 2026 04:05:06", made, StringComparison.Ordinal);
        Assert.Contains(good, made, StringComparison.Ordinal);
    }

    [Fact]
    public void Prepare_WithASecondDateAndMessageId_KeepsTheFirst()
    {
        var made = Prepared(Complete + "Date: Wed, 4 Feb 2026 03:00:00 +0000\r\nmessage-id: <b@vault.test>\r\nSubject: x\r\n\r\n", out _);

        Assert.Equal(Complete + "Subject: x\r\n\r\n", made);
    }

    [Fact]
    public void Prepare_WithFieldsThatMustNotTravel_LeavesThemOut()
    {
        var made = Prepared("Return-Path: <x@y.test>\r\n" + Complete + "bcc: secret@friend.test,\r\n other@friend.test\r\nResent-Bcc: z@friend.test\r\nSubject: x\r\n\r\nBody", out _);

        Assert.Equal(Complete + "Subject: x\r\n\r\nBody", made);
    }

    [Fact]
    public void Prepare_WithTwoAuthorsAndNoSender_NamesTheFirstAsSender() =>
        Assert.StartsWith("Sender: <mara@vault.test>\r\n", Prepared(Complete.Replace("Mara <mara@vault.test>", "mara@vault.test, other@vault.test", StringComparison.Ordinal) + "\r\n", out _), StringComparison.Ordinal);

    [Theory]
    [InlineData("Subject: x\r\n\r\nFrom: mara@vault.test\r\n", SubmissionFault.FromMissing)]
    [InlineData("no header at all", SubmissionFault.HeaderMalformed)]
    [InlineData("From me@vault.test Tue\r\nFrom: mara@vault.test\r\n\r\n", SubmissionFault.HeaderMalformed)]
    [InlineData("From \u00a0: ceo@evil.test\r\nFrom: mara@vault.test\r\n\r\n", SubmissionFault.HeaderMalformed)]
    [InlineData("From: mara@vault.test\r\ngarbage\r\nFrom: ceo@evil.test\r\n\r\n", SubmissionFault.HeaderMalformed)]
    [InlineData("From: mara@vault.test\r\nX y: a\r\nBcc: ceo@evil.test\r\n\r\n", SubmissionFault.HeaderMalformed)]
    [InlineData("From: mara@vault.test\r\nX\u00e9: a\r\nFrom: ceo@evil.test\r\n\r\n", SubmissionFault.HeaderMalformed)]
    [InlineData(" folded first\r\nFrom: mara@vault.test\r\n\r\n", SubmissionFault.HeaderMalformed)]
    [InlineData("From: \"mara\"@vault.test\r\n\r\n", SubmissionFault.FromMalformed)]
    [InlineData("From: <\"ceo@evil.test> \"@vault.test>\r\n\r\n", SubmissionFault.FromMalformed)]
    [InlineData("From: mara@[192.0.2.1]\r\n\r\n", SubmissionFault.FromMalformed)]
    [InlineData("From: mara@vault.test\r\nFrom: eve@evil.test\r\n\r\n", SubmissionFault.FromRepeated)]
    [InlineData("From: mara@vault.test\r\nSender: mara@vault.test\r\nSENDER: mara@vault.test\r\n\r\n", SubmissionFault.FromRepeated)]
    [InlineData("From: \r\n\r\n", SubmissionFault.FromMalformed)]
    [InlineData("From: undisclosed:;\r\n\r\n", SubmissionFault.FromMalformed)]
    [InlineData("From: <<<>\r\n\r\n", SubmissionFault.FromMalformed)]
    [InlineData("From: mara@vault.test\r\nSender: mara@vault.test, other@vault.test\r\n\r\n", SubmissionFault.FromMalformed)]
    [InlineData("From: eve@evil.test\r\n\r\n", SubmissionFault.FromNotOwn)]
    [InlineData("From: \"mara@vault.test\" <eve@evil.test>\r\n\r\n", SubmissionFault.FromNotOwn)]
    [InlineData("From: mara@vault.test, eve@evil.test\r\n\r\n", SubmissionFault.FromNotOwn)]
    [InlineData("From: friends: mara@vault.test, eve@evil.test;\r\n\r\n", SubmissionFault.FromNotOwn)]
    [InlineData("From: mara@vault.test\r\nSender: eve@evil.test\r\n\r\n", SubmissionFault.FromNotOwn)]
    public void Prepare_OfWhatIsNotTheSendersOwn_IsRefused(string text, SubmissionFault expected)
    {
        Assert.Null(SubmittedMessage.Prepare(Sequence(text), Rules, out var fault));
        Assert.Equal(expected, fault);
    }

    [Theory]
    [InlineData("From: x ((a), ceo@evil.test, ) <mara@vault.test>\r\n", "From: x <mara@vault.test>\r\n")]
    [InlineData("From: mara@vault.test (the \"boss\")\r\n", "From: the boss <mara@vault.test>\r\n")]
    [InlineData("From: <@relay.test:mara@vault.test>\r\n", "From: <mara@vault.test>\r\n")]
    [InlineData("From: us: mara@vault.test, other@vault.test;\r\nSender: mara@vault.test\r\n", "From: <mara@vault.test>,\r\n <other@vault.test>\r\n")]
    [InlineData("From: \"a \\\" <ceo@evil.test>\" <mara@vault.test>\r\n", "From: \"a ceo evil.test\" <mara@vault.test>\r\n")]
    [InlineData("From: mara@vault.test\r\nSender: (ceo@evil.test) mara@vault.test\r\n", "Sender: <mara@vault.test>\r\n")]
    public void Prepare_WithAuthorsThatCanBeReadInTwoWays_WritesThemAnew(string written, string anew)
    {
        var made = Prepared(written + Rest + "\r\n", out _);

        Assert.StartsWith(anew, made, StringComparison.Ordinal);
        Assert.DoesNotContain(written, made, StringComparison.Ordinal);
        Assert.EndsWith(Rest + "\r\n", made, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("From: mara@vault.test\r\n")]
    [InlineData("From: Mara L. <mara@vault.test>\r\n")]
    [InlineData("From: \"L., Mara\"\r\n <mara@vault.test>, other@vault.test\r\nSender: mara@vault.test\r\n")]
    [InlineData("From: =?utf-8?q?M=C3=A4ra?= <mara@vault.test>\r\n")]
    [InlineData("From: M\u00e4ra <mara@vault.test>\r\n")]
    public void Prepare_WithAuthorsThatReadOneWay_LeavesThemAsTheyAre(string written) =>
        Assert.Equal(written + Rest + "\r\n", Prepared(written + Rest + "\r\n", out _));

    private const string Rest = "Date: Tue, 3 Feb 2026 03:00:00 +0000\r\nMessage-ID: <a@vault.test>\r\n";

    [Fact]
    public void Prepare_WithADomainInULabels_AsksForItsALabels()
    {
        var asked = new List<string>();
        using var made = SubmittedMessage.Prepare(
            Sequence("From: mara@bücher.test\r\n\r\n"), new SubmissionRules(address => { asked.Add(address); return true; }, Now), out _);

        Assert.Equal(["mara@xn--bcher-kva.test"], asked);
    }

    [Fact]
    public void Prepare_OfAMessageInManySegments_JoinsThemInOrder()
    {
        var text = Complete + "Bcc: x@y.test\r\nSubject: x\r\n\r\n" + new string('a', 300);
        var octets = Encoding.UTF8.GetBytes(text);
        var first = new Segment(octets.AsMemory(0, 7));
        var last = first;
        for (var at = 7; at < octets.Length; at += 7)
            last = last.Append(octets.AsMemory(at, Math.Min(7, octets.Length - at)));

        using var made = SubmittedMessage.Prepare(new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length), Rules, out _);

        Assert.Equal(text.Replace("Bcc: x@y.test\r\n", string.Empty, StringComparison.Ordinal), Encoding.UTF8.GetString(made!.Content));
    }

    private static SubmissionRules Rules { get; } = new(address => address is "mara@vault.test" or "other@vault.test", Now);

    private static string Prepared(string text, out bool hadMessageId)
    {
        using var made = SubmittedMessage.Prepare(Sequence(text), Rules, out var fault);
        Assert.True(made is not null, fault.ToString());
        hadMessageId = made.HadMessageId;
        return Encoding.UTF8.GetString(made.Content);
    }

    private static ReadOnlySequence<byte> Sequence(string text) => new(Encoding.UTF8.GetBytes(text));

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory) => Memory = memory;

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
