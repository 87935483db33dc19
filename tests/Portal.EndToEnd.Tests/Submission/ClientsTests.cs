using System.Text.RegularExpressions;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Submission;

/// <summary>Other people's mail programs hand in mail on both ports, with credentials of both pools.</summary>
public sealed partial class ClientsTests(SharedSendingAccount shared) : IClassFixture<SharedSendingAccount>
{
    private static readonly string[] Programs = ["swaks", "curl", "smtplib", "MailKit"];
    private static readonly string[] Ports = ["STARTTLS", "TLS"];
    private static readonly string[] Logins = ["device", "address", "motor block"];
    private static readonly string[] Mechanisms = ["PLAIN", "LOGIN"];

    private static readonly Dictionary<string, (int Code, string Reason)> Told = new(StringComparer.Ordinal)
    {
        ["wrong password"] = (535, "User name or password is wrong"),
        ["foreign sender of a device"] = (550, "This credential does not send as that address; use one of its vaultbox's own"),
        ["foreign sender of a motor block"] = (550, "This credential sends for vault.test only"),
        ["foreign recipient"] = (550, "This server does not send to other servers yet; only its own addresses can be written to"),
    };

    private readonly SendingAccount _sender = shared.Sender;

    public static MatrixTheoryData<string, string, string, string> Ways => new(Programs, Ports, Logins, Mechanisms);

    public static MatrixTheoryData<string, string> Refusals => new(Programs, Told.Keys);

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Message_HandedInByProgram_ArrivesSealedAndTellsNotFromWhere(string program, string port, string login, string mechanism)
    {
        var marker = AwkwardMail.NewMarker();

        var (isTaken, said) = await MailProgram.HandInAsync(program, HandingOf(login, marker) with
        {
            Port = PortOf(port),
            IsTlsFirst = port == "TLS",
            Mechanism = mechanism,
        });

        Assert.True(isTaken, said);
        var opened = await _sender.OpenNewestAsync();
        Assert.Matches(Trace(), opened);
        Assert.Contains($"The word is {marker}.", opened, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", opened, StringComparison.Ordinal);
        Assert.DoesNotContain(MailProgram.ClientName, opened, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Message_NotAllowed_ProgramIsToldWhyAndNothingArrives(string program, string attempt)
    {
        var device = HandingOf("device", AwkwardMail.NewMarker());
        var handing = attempt switch
        {
            "wrong password" => device with { Password = new string([.. device.Password.Reverse()]) },
            "foreign sender of a device" => device with { From = SendingAccount.PrinterAddress },
            "foreign sender of a motor block" => HandingOf("motor block", AwkwardMail.NewMarker()) with { From = "otto@elsewhere.example" },
            _ => device with { To = "otto@elsewhere.example" },
        };
        var before = await _sender.NewestAsync();

        var (isTaken, said) = await MailProgram.HandInAsync(program, handing);

        Assert.False(isTaken, said);
        Assert.Matches($@"\b{Told[attempt].Code}\b", said);
        Assert.Contains(Told[attempt].Reason, said, StringComparison.Ordinal);
        Assert.Equal(before, await _sender.NewestAsync());
    }

    private int PortOf(string port) => port == "TLS" ? shared.Portal.SubmissionTlsPort : shared.Portal.SubmissionPort;

    private Handing HandingOf(string login, string marker)
    {
        var (username, password, from) = _sender.LoginOf(login);
        var mail = SendingAccount.Mail(from, SendingAccount.Address, marker);
        return new Handing(PortOf("STARTTLS"), IsTlsFirst: false, "PLAIN", username, password, from, SendingAccount.Address, mail, _sender.Certificate);
    }

    [GeneratedRegex(@"\AReceived: from submission \(client not told\)\r\n \(using TLS[^)]*\)\r\n by \S+ with ESMTPSA id [0-9a-f]{32}\r\n for <sender@vault\.test>;\r\n .*\r\nAuthentication-Results: \S+; auth=pass\r\n")]
    private static partial Regex Trace();
}
