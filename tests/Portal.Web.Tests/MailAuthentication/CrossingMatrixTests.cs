using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Portal.Passwords;

namespace Portal.Web.Tests.MailAuthentication;

/// <summary>
/// Every pool with every server, sender, protocol scope, network scope, expiry, pause, and password: who gets in and who may write as
/// whom, on the real servers. What is expected is said by <see cref="Crossing.IsAccepted"/> alone.
/// </summary>
[Collection(nameof(MailCollection))]
public sealed class CrossingMatrixTests(MailWorld world)
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    public static TheoryData<string, string> Sides => new(
        from pool in new[] { "device", "motor block" }
        from server in new[] { "STARTTLS", "TLS", "socket smtp", "socket imap" }
        select (pool, server));

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task SignIn_EveryCrossing_IsAsTheTableSays(string pool, string server)
    {
        var paused = await PausedVaultboxAsync();
        var wrong = new List<string>();
        foreach (var crossing in Crossing.All(pool, server))
        {
            var credential = await MakeAsync(crossing, paused);
            var seen = server.StartsWith("socket", StringComparison.Ordinal) ? await AskSocketAsync(crossing, credential) : await SubmitAsync(crossing, credential);
            if (seen != crossing.Expected)
                wrong.Add($"{crossing}: expected {crossing.Expected}, saw {seen}");
        }

        Assert.Empty(wrong);
    }

    private Task<MadeCredential> MakeAsync(Crossing crossing, Guid pausedVaultbox)
    {
        DateTimeOffset? previousUntil = crossing.Password switch
        {
            "old in its window" => Now.AddHours(1),
            "old after its window" => Now.AddHours(-1),
            _ => null,
        };
        var scope = string.Join(", ", new[]
        {
            crossing.Network switch { "anywhere" => null, "ours" => "allowed_networks = '{127.0.0.0/8}'", _ => "allowed_networks = '{192.0.2.0/24,2001:db8::/32}'" },
            crossing.Expiry switch { "never" => null, "later" => "expires_at = now() + interval '1 hour'", _ => "expires_at = now() - interval '1 second'" },
            crossing is { Pool: "motor block", IsPaused: true } ? "smtp_enabled = false" : null,
        }.Where(part => part is not null));
        return crossing.Pool == "device"
            ? world.AddDeviceAsync(crossing.IsPaused ? pausedVaultbox : null, crossing.Protocols, scope, previousUntil)
            : world.AddMotorBlockAsync(scope, previousUntil);
    }

    private async Task<string> AskSocketAsync(Crossing crossing, MadeCredential credential)
    {
        using var socket = await AuthSocket.ConnectAsync(world.SocketPath);
        var (verdict, _) = await socket.AskAsync(crossing.Server.Split(' ')[1], credential.Username, PasswordOf(crossing, credential));
        return verdict == "OK" ? "in" : "out";
    }

    private async Task<string> SubmitAsync(Crossing crossing, MadeCredential credential)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var client = await world.ConnectAsync(startsInTls: crossing.Server == "TLS");
        try
        {
            await client.AuthenticateAsync(new SaslMechanismPlain(credential.Username, PasswordOf(crossing, credential)), cancel);
        }
        catch (AuthenticationException refused)
        {
            return refused.Message.Contains("535", StringComparison.Ordinal) ? "out" : refused.Message;
        }

        var own = crossing.Pool == "device" ? world.Address : $"anybody@{world.Domain}";
        return $"in, as its own {await SendAsync(client, own)}, as another {await SendAsync(client, "somebody@else.test")}";
    }

    private async Task<string> SendAsync(SmtpClient client, string from)
    {
        try
        {
            await client.SendAsync(world.Message(from), TestContext.Current.CancellationToken);
            return "250";
        }
        catch (SmtpCommandException refused)
        {
            return $"{(int)refused.StatusCode}";
        }
        catch (ServiceNotAuthenticatedException)
        {
            return "530";
        }
    }

    private static string PasswordOf(Crossing crossing, MadeCredential credential) => crossing.Password switch
    {
        "current" => credential.Password.Text,
        "wrong" => GeneratedPassword.Create().Text,
        _ => credential.Previous!.Text,
    };

    private async Task<Guid> PausedVaultboxAsync()
    {
        var id = Guid.NewGuid();
        await world.World.Vault.ExecuteAsync(
            $"INSERT INTO vaultboxes (id, user_id, domain, name, alias, status, smtp_enabled) VALUES ('{id}', '{world.OwnerId}', 'vault.test', 'Paused', 'p{id:n}', 'paused', true)");
        return id;
    }

    private sealed record Crossing(string Pool, string Server, string Protocols, string Network, string Expiry, bool IsPaused, string Password)
    {
        /// <summary>What the servers must do, in words of its own.</summary>
        public bool IsAccepted
        {
            get
            {
                var isReading = Server == "socket imap";
                var isForIt = Pool == "device" ? Protocols.Contains(isReading ? "imap" : "smtp", StringComparison.Ordinal) : !isReading;
                // A paused vaultbox sends nothing, and is still read.
                var isStopped = IsPaused && !isReading;
                var isRight = Password is "current" or "old in its window";
                return isRight && isForIt && !isStopped && Network != "elsewhere" && Expiry != "past";
            }
        }

        public string Expected => (IsAccepted, Server) switch
        {
            (false, _) => "out",
            (true, "STARTTLS" or "TLS") => "in, as its own 250, as another 550",
            _ => "in",
        };

        public static IEnumerable<Crossing> All(string pool, string server) =>
            from protocols in pool == "device" ? new[] { "smtp", "imap", "smtp imap" } : ["smtp"]
            from network in new[] { "anywhere", "ours", "elsewhere" }
            from expiry in new[] { "never", "later", "past" }
            from isPaused in new[] { false, true }
            from password in new[] { "current", "old in its window", "old after its window", "wrong" }
            select new Crossing(pool, server, protocols, network, expiry, isPaused, password);
    }
}
