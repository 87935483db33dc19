using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Submission;

/// <summary>A portal with the socket for other mail servers, and Debian's Postfix that asks there, set up as the guide says.</summary>
public sealed class PostfixInFront : IAsyncLifetime
{
    private PortalProcess? _portal;

    public PostfixServer Postfix { get; } = new();

    public SendingAccount Sender { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Postfix.PrepareAsync();
        _portal = await PortalProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Portal:DovecotAuth:SocketPath"] = Postfix.SocketPath,
        });
        var owner = await TestAccount.AddAsync(_portal, "mara@people.test");
        await _portal.VerbAsync(["domain", "add", "vault.test", "--owner", owner.Email, "--verified"]);
        Sender = await SendingAccount.MakeAsync(_portal, owner);
        await Postfix.StartAsync(_portal.IntakePort);
    }

    public async ValueTask DisposeAsync()
    {
        await Postfix.DisposeAsync();
        if (_portal is not null)
            await _portal.DisposeAsync();
    }
}

/// <summary>docs/guides/postfix.md, tried: the portal's passwords work in a Postfix, and stop working there.</summary>
public sealed class PostfixTests(PostfixInFront front) : IClassFixture<PostfixInFront>
{
    private readonly SendingAccount _sender = front.Sender;

    public static MatrixTheoryData<string, string, string> Ways => new(["submission", "submissions"], ["device", "address", "motor block"], ["PLAIN", "LOGIN"]);

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Login_OfThePortal_MaySendInPostfix(string service, string login, string mechanism)
    {
        var (username, password, _) = _sender.LoginOf(login);

        var said = await AskAsync(service, mechanism, username, password);

        Assert.Contains("<~  235 2.7.0", said, StringComparison.Ordinal);
        Assert.Contains("<~  250 2.1.5", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("submission", "PLAIN")]
    [InlineData("submission", "LOGIN")]
    [InlineData("submissions", "PLAIN")]
    public async Task Login_WithWrongPassword_IsRefusedByPostfix(string service, string mechanism)
    {
        var (username, password, _) = _sender.LoginOf("device");

        var said = await AskAsync(service, mechanism, username, new string([.. password.Reverse()]));

        Assert.Contains("<~* 535 5.7.8", said, StringComparison.Ordinal);
        Assert.DoesNotContain("<~  235", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sender_NotSignedIn_IsRefusedByPostfix()
    {
        var said = await SwaksAsync("submission", ["--quit-after", "RCPT"]);

        Assert.Contains("<~* 554 5.7.1", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_RotatedWithoutOverlap_IsRefusedByPostfixAtOnce()
    {
        var device = await _sender.NewDeviceAsync();
        var (username, old) = (SendingAccount.TextOf(device, "username"), SendingAccount.TextOf(device, "password"));
        Assert.Contains("<~  235 2.7.0", await AskAsync("submission", "PLAIN", username, old), StringComparison.Ordinal);

        var path = $"/api/v1/vaultboxes/{_sender.VaultboxId}/devices/{SendingAccount.TextOf(device, "id")}/rotate";
        var rotated = await _sender.Account.PostAsync(path, new { overlapMinutes = 0 });

        Assert.Contains("<~  235 2.7.0", await AskAsync("submission", "LOGIN", username, SendingAccount.TextOf(rotated, "password")), StringComparison.Ordinal);
        Assert.Contains("<~* 535 5.7.8", await AskAsync("submission", "PLAIN", username, old), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_ByPostfixToThePortal_ArrivesSealed()
    {
        var (username, password, from) = _sender.LoginOf("motor block");
        var marker = AwkwardMail.NewMarker();
        var mail = SendingAccount.Mail(from, SendingAccount.Address, marker);

        var said = await SwaksAsync("submission", ["--auth", "PLAIN", "--auth-user", username, "--auth-password", password, "--data", "-"], Senders.ForSwaks(mail));

        Assert.Contains("<~  250 2.0.0", said, StringComparison.Ordinal);
        Assert.Contains($"The word is {marker}.", await ArrivedAsync(), StringComparison.Ordinal);
    }

    /// <summary>Signs in and names a recipient, which Postfix takes from those who are signed in only.</summary>
    private Task<string> AskAsync(string service, string mechanism, string username, string password) =>
        SwaksAsync(service, ["--auth", mechanism, "--auth-user", username, "--auth-password", password, "--quit-after", "RCPT"]);

    /// <returns>The dialogue: what was answered in TLS begins with &lt;~, a refusal with &lt;~*.</returns>
    private async Task<string> SwaksAsync(string service, IEnumerable<string> more, ReadOnlyMemory<byte> input = default)
    {
        var isTlsFirst = service == "submissions";
        var (_, output, error) = await Tool.TryAsync(
            "swaks",
            [
                "--server", "127.0.0.1", "--port", $"{(isTlsFirst ? front.Postfix.TlsPort : front.Postfix.Port)}", isTlsFirst ? "--tls-on-connect" : "--tls",
                "--tls-verify", "--tls-ca-path", front.Postfix.Certificate, "--from", SendingAccount.Address, "--to", SendingAccount.Address, .. more,
            ],
            input);
        return $"{System.Text.Encoding.UTF8.GetString(output)}\n{error}\n{await front.Postfix.ReadLogAsync()}";
    }

    /// <summary>Postfix answers before it hands on.</summary>
    private async Task<string> ArrivedAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await _sender.NewestAsync() is null)
        {
            if (patience.IsCancellationRequested)
                Assert.Fail(await front.Postfix.ReadLogAsync());
        }

        return await _sender.OpenNewestAsync();
    }
}
