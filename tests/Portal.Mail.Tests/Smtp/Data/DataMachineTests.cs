using System.Buffers;
using System.Text;
using Portal.Mail.Smtp.Data;
using Portal.Mail.Transport;

namespace Portal.Mail.Tests.Smtp.Data;

public sealed class DataMachineTests
{
    private static readonly DataLimits Limits = new(1_000_000, 2048, 102_400, 50);

    private static readonly SegmentPool Pool = new(2_000_000);

    private sealed record Outcome(bool Ended, int Consumed, string? Fault, string Content);

    [Theory]
    [InlineData(".\r\n", "")]
    [InlineData("a\r\n.\r\n", "a\r\n")]
    [InlineData("\r\n.\r\n", "\r\n")]
    [InlineData("..\r\n.\r\n", ".\r\n")]
    [InlineData("...\r\n.\r\n", "..\r\n")]
    [InlineData(".a\r\n.\r\n", "a\r\n")]
    [InlineData("a.\r\n.\r\n", "a.\r\n")]
    [InlineData("a\r\n\r\n..b\r\n.\r\n", "a\r\n\r\n.b\r\n")]
    [InlineData("\u00FF\u0001\r\n.\r\n", "\u00FF\u0001\r\n")]
    public void Consume_WellFormedAtEverySplit_GivesTheContent(string input, string content)
    {
        for (var split = 0; split <= input.Length; split++)
            Assert.Equal(new Outcome(true, input.Length, null, content), Feed(input, split));
    }

    [Theory]
    [InlineData("a\n.\r\nMAIL FROM:<x@y>\r\n.\r\n", "data_bare_lf")]
    [InlineData("a\r.\r\nMAIL FROM:<x@y>\r\n.\r\n", "data_bare_cr")]
    [InlineData("a\r\n.\nMAIL FROM:<x@y>\r\n.\r\n", "data_bare_lf")]
    [InlineData("a\r\n.\rMAIL FROM:<x@y>\r\n.\r\n", "data_bare_cr")]
    [InlineData("a\n.\nMAIL FROM:<x@y>\r\n.\r\n", "data_bare_lf")]
    [InlineData("a\r.\rMAIL FROM:<x@y>\r\n.\r\n", "data_bare_cr")]
    [InlineData("a\n\n.\n\nMAIL FROM:<x@y>\r\n.\r\n", "data_bare_lf")]
    [InlineData("a\r\n.\r\0\nMAIL FROM:<x@y>\r\n.\r\n", "data_bare_cr")]
    [InlineData("a\r\n\0.\r\nMAIL FROM:<x@y>\r\n.\r\n", "data_nul")]
    [InlineData("a\r\n.\0\r\nMAIL FROM:<x@y>\r\n.\r\n", "data_nul")]
    [InlineData("a\r\r\n.\r\n", "data_bare_cr")]
    [InlineData("a\r\n.\r\r\n.\r\n", "data_bare_cr")]
    [InlineData("\n.\r\nx\r\n.\r\n", "data_bare_lf")]
    public void Consume_SmugglingAtEverySplit_IsSkippedToTheTrueEnd(string input, string fault)
    {
        for (var split = 0; split <= input.Length; split++)
            Assert.Equal(new Outcome(true, input.Length, fault, ""), Feed(input, split));
    }

    [Fact]
    public void Consume_EndInTheMiddle_LeavesWhatFollows()
    {
        const string input = "a\r\n.\r\nQUIT\r\n";

        for (var split = 0; split <= input.Length; split++)
            Assert.Equal(new Outcome(true, 6, null, "a\r\n"), Feed(input, split));
    }

    /// <summary>All inputs of up to seven octets over the five that matter, whole and octet by octet, against the definition itself.</summary>
    [Fact]
    public void Consume_EveryShortInput_AgreesWithTheDefinition()
    {
        const string letters = "\r\n.a\0";
        for (var length = 0; length <= 7; length++)
        {
            var total = (int)Math.Pow(letters.Length, length);
            for (var number = 0; number < total; number++)
            {
                var input = string.Create(length, number, (text, rest) =>
                {
                    for (var i = 0; i < text.Length; i++, rest /= letters.Length)
                        text[i] = letters[rest % letters.Length];
                });
                var expected = Define(input);
                Assert.Equal(expected, Feed(input, input.Length) with { Fault = null });
                Assert.Equal(expected, FeedOneByOne(input) with { Fault = null });
            }
        }
    }

    [Theory]
    [InlineData(2048, null)]
    [InlineData(2049, "data_line_too_long")]
    public void Consume_LineLength_IsHeldWithoutTheCrlf(int length, string? fault) =>
        Assert.Equal(fault, Feed($"S: x\r\n\r\n{new string('a', length)}\r\n.\r\n", 5).Fault);

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "data_too_large")]
    public void Consume_MessageSize_CountsWithoutStuffingAndEnd(int over, string? fault)
    {
        var limits = Limits with { MaxMessageBytes = 100 };
        // 5 octets of ".a" + CRLF unstuffed to 3, then lines of ten.
        var input = "..a\r\n\r\n" + string.Concat(Enumerable.Repeat("12345678\r\n", 9)) + new string('x', 2 + over) + "\r\n.\r\n";

        Assert.Equal(fault, Feed(input, 50, limits).Fault);
    }

    [Fact]
    public void Consume_HeaderTooLarge_IsAFaultButALargeBodyIsNot()
    {
        var limits = Limits with { MaxHeaderBytes = 1000 };
        var lines = string.Concat(Enumerable.Repeat("X-A: 0123456789\r\n", 100));

        Assert.Equal("data_header_too_large", Feed(lines + "\r\nbody\r\n.\r\n", 7, limits).Fault);
        Assert.Null(Feed("S: x\r\n\r\n" + lines + ".\r\n", 7, limits).Fault);
    }

    [Theory]
    [InlineData("Received: a\r\n", "data_loop")]
    [InlineData("rECEIVED \t: a\r\n", "data_loop")]
    [InlineData("Received:\r\n", "data_loop")]
    [InlineData(" Received: folded\r\n", null)]
    [InlineData("Received-SPF: a\r\n", null)]
    [InlineData("XReceived: a\r\n", null)]
    [InlineData("Receive: d\r\n", null)]
    public void Consume_ReceivedFields_AreCounted(string field, string? fault)
    {
        var limits = Limits with { MaxReceivedFields = 3 };
        var input = string.Concat(Enumerable.Repeat(field, 4)) + "\r\n.\r\n";

        for (var split = 0; split < input.Length; split++)
            Assert.Equal(fault, Feed(input, split, limits).Fault);
        Assert.Null(Feed(string.Concat(Enumerable.Repeat(field, 3)) + "\r\n.\r\n", 3, limits).Fault);
    }

    [Fact]
    public void Consume_ReceivedInTheBody_IsNotCounted() =>
        Assert.Null(Feed("S: x\r\n\r\n" + string.Concat(Enumerable.Repeat("Received: a\r\n", 60)) + ".\r\n", 9).Fault);

    [Fact]
    public void Consume_BudgetSpent_IsTemporaryUnlessTheContentIsBadToo()
    {
        var pool = new SegmentPool(SegmentPool.SegmentBytes);
        var big = string.Concat(Enumerable.Repeat(new string('a', 998) + "\r\n", 40));

        Assert.Equal("memory_budget", Feed("\r\n" + big + ".\r\n", 9, pool: pool).Fault);
        Assert.Equal("data_nul", Feed("\r\n" + big + "\0\r\n.\r\n", 9, pool: pool).Fault);
        Assert.Equal(0, pool.HeldBytes);
    }

    [Fact]
    public void Consume_FaultFound_GivesTheMemoryBackAtOnce()
    {
        var pool = new SegmentPool(SegmentPool.SegmentBytes);
        using var content = new PooledContent(pool);
        var machine = new DataMachine(Limits, content);

        machine.Consume("abc"u8, out _);
        Assert.NotEqual(0, pool.HeldBytes);
        machine.Consume("\0"u8, out _);

        Assert.Equal(0, pool.HeldBytes);
    }

    [Fact]
    public void IsOverrun_RefusedMessageThatGoesOn_EndsAtTwiceTheLimit()
    {
        var limits = Limits with { MaxMessageBytes = 1000 };
        using var content = new PooledContent(new SegmentPool(SegmentPool.SegmentBytes));
        var machine = new DataMachine(limits, content);

        machine.Consume(new byte[2000], out _);
        Assert.False(machine.IsOverrun);
        machine.Consume(new byte[1], out _);
        Assert.True(machine.IsOverrun);
    }

    private static Outcome Feed(string input, int split, DataLimits? limits = null, SegmentPool? pool = null)
    {
        using var content = new PooledContent(pool ?? Pool);
        var machine = new DataMachine(limits ?? Limits, content);
        var octets = Encoding.Latin1.GetBytes(input);
        var ended = machine.Consume(octets.AsSpan(0, split), out var consumed);
        if (!ended)
        {
            ended = machine.Consume(octets.AsSpan(split), out var second);
            consumed += second;
        }

        return new Outcome(ended, consumed, machine.Fault?.Reason, Encoding.Latin1.GetString(content.AsSequence().ToArray()));
    }

    private static Outcome FeedOneByOne(string input)
    {
        using var content = new PooledContent(Pool);
        var machine = new DataMachine(Limits, content);
        var consumed = 0;
        var ended = false;
        foreach (var octet in Encoding.Latin1.GetBytes(input))
        {
            if (ended)
                break;
            ended = machine.Consume([octet], out var one);
            consumed += one;
        }

        return new Outcome(ended, consumed, machine.Fault?.Reason, Encoding.Latin1.GetString(content.AsSequence().ToArray()));
    }

    /// <summary>The end is the first CRLF "." CRLF, the CRLF of the DATA line included; content is compared only once the end came.</summary>
    private static Outcome Define(string input)
    {
        var end = ("\r\n" + input).IndexOf("\r\n.\r\n", StringComparison.Ordinal);
        if (end < 0)
            return new Outcome(false, input.Length, null, Feed(input, input.Length).Content);
        var text = input[..end];
        var rest = text.Replace("\r\n", "", StringComparison.Ordinal);
        // A CR at the very end belongs to a line that never ended, and the marker's first CRLF is the end of the last line.
        var isBad = rest.AsSpan().ContainsAny("\r\n\0");
        var content = isBad ? "" : string.Concat(text.Split("\r\n")[..^1].Select(line => (line.StartsWith('.') ? line[1..] : line) + "\r\n"));
        return new Outcome(true, end + 3, null, content);
    }
}
