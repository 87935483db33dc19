using Portal.Mail.Smtp;
using Portal.Mail.Smtp.Commands;

namespace Portal.Mail.Tests.Smtp.Commands;

public sealed class CommandGrammarTests
{
    [Theory]
    [InlineData("EHLO client.example", nameof(SmtpVerb.Ehlo))]
    [InlineData("ehlo [192.0.2.1]", nameof(SmtpVerb.Ehlo))]
    [InlineData("EHLO [IPv6:2001:db8::1]", nameof(SmtpVerb.Ehlo))]
    [InlineData("HELO DESKTOP_1", nameof(SmtpVerb.Helo))]
    [InlineData("Mail From:<a@b.example>", nameof(SmtpVerb.Mail))]
    [InlineData("RCPT TO:<a@b.example>", nameof(SmtpVerb.Rcpt))]
    [InlineData("DATA", nameof(SmtpVerb.Data))]
    [InlineData("data  ", nameof(SmtpVerb.Data))]
    [InlineData("RSET", nameof(SmtpVerb.Rset))]
    [InlineData("NOOP", nameof(SmtpVerb.Noop))]
    [InlineData("NOOP what ever", nameof(SmtpVerb.Noop))]
    [InlineData("VRFY alice", nameof(SmtpVerb.Vrfy))]
    [InlineData("HELP", nameof(SmtpVerb.Help))]
    [InlineData("HELP MAIL", nameof(SmtpVerb.Help))]
    [InlineData("QUIT", nameof(SmtpVerb.Quit))]
    [InlineData("StartTLS", nameof(SmtpVerb.StartTls))]
    public void Parse_WellFormed_GivesTheCommand(string line, string verb) =>
        Assert.Equal(verb, CommandGrammar.Parse(line).Command?.Verb.ToString());

    [Theory]
    [InlineData("", "command_unknown")]
    [InlineData(" QUIT", "command_unknown")]
    [InlineData("XYZZY", "command_unknown")]
    [InlineData("STARTTLSX", "command_unknown")]
    [InlineData("GET / HTTP/1.1", "command_unknown")]
    [InlineData("QUIT\tnow", "command_unknown")]
    [InlineData("AUTH PLAIN AGEAYg==", "command_not_implemented")]
    [InlineData("bdat 5 LAST", "command_not_implemented")]
    [InlineData("EXPN list", "command_not_implemented")]
    [InlineData("TURN", "command_not_implemented")]
    [InlineData("DATA now", "argument_unexpected")]
    [InlineData("RSET x", "argument_unexpected")]
    [InlineData("QUIT x", "argument_unexpected")]
    [InlineData("STARTTLS x", "argument_unexpected")]
    [InlineData("VRFY", "argument_missing")]
    [InlineData("EHLO", "helo_name_malformed")]
    [InlineData("EHLO a b", "helo_name_malformed")]
    [InlineData("HELO a(b)", "helo_name_malformed")]
    [InlineData("HELO a\"b", "helo_name_malformed")]
    [InlineData("EHLO b\u00FCcher.example", "helo_name_malformed")]
    [InlineData("NO\0OP", "command_not_text")]
    [InlineData("NOOP\rQUIT", "command_not_text")]
    [InlineData("NOOP \u0085", "command_not_text")]
    public void Parse_Malformed_GivesTheReason(string line, string reason)
    {
        var parsed = CommandGrammar.Parse(line);

        Assert.Null(parsed.Command);
        Assert.Equal(reason, parsed.Refusal?.Reason);
    }

    [Fact]
    public void Parse_DoubledInput_TakesAtMostDoubleMemory()
    {
        foreach (var shape in new[] { "MAIL FROM:<{0}@b>", "MAIL FROM:<\"{0}\"@b>", "RCPT TO:<@{0}:a@b>", "MAIL FROM:<a@b> {0}", "EHLO {0}", "{0}" })
        {
            var (once, twice) = (Allocated(shape, 4_000), Allocated(shape, 8_000));
            Assert.True(twice <= (2 * once) + 4096, $"{shape}: {once} then {twice}");
        }
    }

    private static long Allocated(string shape, int length)
    {
        var line = string.Format(System.Globalization.CultureInfo.InvariantCulture, shape, new string('a', length));
        CommandGrammar.Parse(line);
        var before = GC.GetAllocatedBytesForCurrentThread();
        CommandGrammar.Parse(line);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
