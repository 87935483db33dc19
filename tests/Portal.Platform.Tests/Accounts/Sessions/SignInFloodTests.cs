using System.Net;
using Portal.Platform.Accounts.Passwords;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.Sessions;

public sealed class SignInFloodTests(PostgresCluster cluster) : PlatformTest(cluster)
{
    private const int Room = 8;

    /// <summary>Guesses for one name from many networks, four times what a lane holds: the lane of the guessers is full, the other is not.</summary>
    [Fact]
    public async Task SignIn_WhileWrongPasswordsPourIn_SucceedsForAnother()
    {
        await AddUserAsync("victim@example.org");
        await AddUserAsync("other@example.org");
        for (var i = 0; i < 4; i++)
            await SignInAsync("victim@example.org", "wrong", AddressOf(i));
        var flood = Enumerable.Range(10, Room * 4).Select(i => SignInAsync("victim@example.org", "wrong", AddressOf(i))).ToList();

        var other = await SignInAsync("other@example.org", ip: IPAddress.Parse("198.51.100.7"));

        var refused = await Task.WhenAll(flood);
        Assert.True(other.Succeeded, other.Failure?.Code);
        Assert.Contains(refused, outcome => outcome.Failure == PasswordWorkers.Busy);
    }

    protected override void Configure(PlatformOptions options)
    {
        options.BcryptCost = 9;
        options.BcryptThreads = 1;
        options.BcryptQueueLength = Room;
    }

    /// <summary>Each in a network of its own.</summary>
    private static IPAddress AddressOf(int number) => new([203, 0, (byte)number, 9]);
}
