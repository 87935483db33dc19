using System.Diagnostics;
using Portal.Passwords;
using Portal.Testing;

namespace Portal.Web.Tests.MailAuthentication;

/// <summary>
/// Whether the time or the answer of a refusal tells that a name exists. Samples of the two kinds alternate, so that whatever else the
/// machine does meets both. With <c>--deep</c>: 500 of each at the default cost; otherwise fewer at a lower cost, and only a gross
/// difference fails.
/// </summary>
public sealed class SignInTimingTests(PostgresCluster cluster) : IAsyncLifetime
{
    private const int Names = 10;

    private static readonly bool IsDeep = string.Equals(Environment.GetEnvironmentVariable("PORTAL_TEST_DEEP"), "1", StringComparison.Ordinal);
    private static readonly int Samples = IsDeep ? 500 : 60;

    /// <summary>Of the standard normal distribution: two-sided error of one in a thousand, or of one in a million.</summary>
    private static readonly double Limit = IsDeep ? 3.29 : 4.89;

    private readonly MailWorld world = new(cluster);

    public ValueTask InitializeAsync()
    {
        world.World.Extra["Portal:Credentials:BcryptCost"] = IsDeep ? "10" : "8";
        world.World.Extra["Portal:Credentials:BcryptThreads"] = "1";
        return world.InitializeAsync();
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData("device")]
    [InlineData("device amid a rotation")]
    [InlineData("motor block")]
    [InlineData("address")]
    public async Task SignIn_UnknownNameOrWrongPassword_AnswersTheSameInTheSameTime(string kind)
    {
        var (known, unknown) = (new List<string>(), new List<string>());
        for (var i = 0; i < Names; i++)
        {
            known.Add(await KnownAsync(kind));
            unknown.Add(kind == "address" ? $"nobody{i}@vault.test" : GeneratedName.For(kind == "motor block" ? "motor" : "encimap", "vault.test"));
        }

        using var socket = await AuthSocket.ConnectAsync(world.SocketPath);
        var (ofKnown, ofUnknown) = (new List<double>(Samples), new List<double>(Samples));
        await TimeAsync(socket, known[0]);
        await TimeAsync(socket, unknown[0]);
        for (var i = 0; i < Samples; i++)
        {
            // Either goes first as often as the other.
            if (i % 2 == 0)
                ofKnown.Add(await TimeAsync(socket, known[i % Names]));
            ofUnknown.Add(await TimeAsync(socket, unknown[i % Names]));
            if (i % 2 == 1)
                ofKnown.Add(await TimeAsync(socket, known[i % Names]));
        }

        var z = RankTest.MannWhitney(ofKnown, ofUnknown);
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(
            $"{kind}: {Samples} of each; median {RankTest.Median(ofKnown):F3} ms known, {RankTest.Median(ofUnknown):F3} ms unknown; z = {z:F2}"));
        Assert.InRange(z, -Limit, Limit);
    }

    private async Task<string> KnownAsync(string kind) => kind switch
    {
        "device" => (await world.AddDeviceAsync()).Username,
        "device amid a rotation" => (await world.AddDeviceAsync(previousUntil: TimeProvider.System.GetUtcNow().AddHours(1))).Username,
        "motor block" => (await world.AddMotorBlockAsync()).Username,
        _ => await AddressAsync(),
    };

    /// <summary>An address of the vaultbox, which has a device.</summary>
    private async Task<string> AddressAsync()
    {
        await world.AddDeviceAsync();
        var local = $"a{Guid.NewGuid():n}";
        await world.World.Vault.ExecuteAsync(
            $"INSERT INTO aliases (vaultbox_id, domain, local_part, created_at) VALUES ('{world.VaultboxId}', 'vault.test', '{local}', now())");
        return $"{local}@vault.test";
    }

    private static async Task<double> TimeAsync(AuthSocket socket, string name)
    {
        // Another password each time: one that was judged lately is not judged again.
        var password = GeneratedPassword.Create().Text;
        var started = Stopwatch.GetTimestamp();
        var (verdict, more) = await socket.AskAsync("smtp", name, password);
        var taken = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        Assert.Equal(("FAIL", $"user={name}"), (verdict, more[(more.IndexOf('\t', StringComparison.Ordinal) + 1)..]));
        return taken;
    }
}
