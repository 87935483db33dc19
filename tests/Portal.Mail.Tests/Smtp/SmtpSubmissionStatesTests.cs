using Portal.Mail.Smtp;

namespace Portal.Mail.Tests.Smtp;

public sealed class SmtpSubmissionStatesTests
{
    public static TheoryData<string, string> Legal { get; } = new()
    {
        { "Ehlo", "GreetedInClear GreetedInClear Greeted Greeted Ready Ready Ready" },
        { "Helo", "530 530 Greeted Greeted Ready Ready Ready" },
        { "StartTls", "503 Connected 503 Connected 503 503 503" },
        { "Auth", "530 530 503 Ready 503 503 503" },
        { "Mail", "530 530 530 530 HasSender 503 503" },
        { "Rcpt", "530 530 530 530 503 HasRecipients HasRecipients" },
        { "Data", "530 530 530 530 503 554 Ready" },
        { "Rset", "530 530 Connected Greeted Ready Ready Ready" },
        { "Noop", "530 530 Connected Greeted Ready HasSender HasRecipients" },
        { "Vrfy", "530 530 530 530 Ready HasSender HasRecipients" },
        { "Help", "530 530 530 530 Ready HasSender HasRecipients" },
        { "Quit", "InClear GreetedInClear Connected Greeted Ready HasSender HasRecipients" },
    };

    [Theory]
    [MemberData(nameof(Legal))]
    public void Look_EachState_GivesTheNextStateOrTheCode(string verb, string expected)
    {
        var table = SmtpSubmissionStates.Table;
        Assert.Equal("InClear GreetedInClear Connected Greeted Ready HasSender HasRecipients", string.Join(' ', table.Columns));

        var cells = table.Columns
            .Select(state => table.Look(state, Enum.Parse<SmtpVerb>(verb)))
            .Select(cell => cell.Refusal is { } refusal ? $"{refusal.Reply.Code}" : $"{cell.Next}");

        Assert.Equal(expected, string.Join(' ', cells));
    }

    [Fact]
    public void Legal_EveryVerb_IsListed() =>
        Assert.Equal(Enum.GetNames<SmtpVerb>().Order(StringComparer.Ordinal), Legal.Select(row => row.Data.Item1).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("InClear", "tls_required tls_required")]
    [InlineData("Greeted", "auth_required auth_required")]
    [InlineData("Ready", "none none")]
    public void Gate_UnknownOrMalformedCommand_WaitsAsAnyOther(string state, string expected)
    {
        var gates = new SmtpVerb?[] { null, SmtpVerb.Mail }
            .Select(verb => SmtpSubmissionStates.Table.Gate(Enum.Parse<SmtpState>(state), verb)?.Reason ?? "none");

        Assert.Equal(expected, string.Join(' ', gates));
        Assert.Null(SmtpSubmissionStates.Table.Gate(Enum.Parse<SmtpState>(state), SmtpVerb.Ehlo));
        Assert.Null(SmtpStateTable.Intake.Gate(SmtpState.Connected, null));
    }
}
