using Portal.Mail.Smtp;

namespace Portal.Mail.Tests.Smtp;

public sealed class SmtpStateTableTests
{
    public static TheoryData<string, string> Legal { get; } = new()
    {
        { "Ehlo", "Ready Ready Ready Ready" },
        { "Helo", "Ready Ready Ready Ready" },
        { "Mail", "503 HasSender 503 503" },
        { "Rcpt", "503 503 HasRecipients HasRecipients" },
        { "Data", "503 503 554 Ready" },
        { "Rset", "Connected Ready Ready Ready" },
        { "Noop", "Connected Ready HasSender HasRecipients" },
        { "Vrfy", "Connected Ready HasSender HasRecipients" },
        { "Help", "Connected Ready HasSender HasRecipients" },
        { "StartTls", "503 Connected 503 503" },
        { "Quit", "Connected Ready HasSender HasRecipients" },
    };

    [Theory]
    [MemberData(nameof(Legal))]
    public void Look_EachState_GivesTheNextStateOrTheCode(string verb, string expected)
    {
        var cells = SmtpStateTable.Intake.Columns
            .Select(state => SmtpStateTable.Intake.Look(state, Enum.Parse<SmtpVerb>(verb)))
            .Select(cell => cell.Refusal is { } refusal ? $"{refusal.Reply.Code}" : $"{cell.Next}");

        Assert.Equal(expected, string.Join(' ', cells));
    }

    [Fact]
    public void Legal_EveryVerb_IsListed() =>
        Assert.Equal(Enum.GetNames<SmtpVerb>().Except(["Auth"], StringComparer.Ordinal).Order(StringComparer.Ordinal), Legal.Select(row => row.Data.Item1).Order(StringComparer.Ordinal));
}
