using System.Net;
using OtpNet;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SecondFactor;
using Portal.Platform.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SecondFactor;

/// <summary>A test of one account and an authenticator app that its owner holds.</summary>
public abstract class SecondFactorTest(PostgresCluster cluster) : PlatformTest(cluster)
{
    protected const string Email = "user@example.org";

    /// <summary>An address for each attempt, so that the account's lockout is what a test meets, not the network's limit.</summary>
    private int attempts;

    /// <summary>The owner's app: knows the secret, and nothing of the portal's.</summary>
    protected static string CodeAt(string secret, DateTimeOffset at) =>
        new Totp(Base32Encoding.ToBytes(secret.Replace(" ", string.Empty, StringComparison.Ordinal))).ComputeTotp(at.UtcDateTime);

    protected string Code(string secret) => CodeAt(secret, Time.GetUtcNow());

    /// <summary>A code that is none of the three that would be taken.</summary>
    protected string WrongCode(string secret)
    {
        var good = new[] { -30, 0, 30 }.Select(seconds => CodeAt(secret, Time.GetUtcNow().AddSeconds(seconds))).ToList();
        return Enumerable.Range(0, 4).Select(i => $"{i}{i}{i}{i}{i}{i}").First(code => !good.Contains(code, StringComparer.Ordinal));
    }

    protected async Task<EnrolledSecret> BeginAsync(Actor actor) => (await Get<BeginAuthenticator>().HandleAsync(actor, Cancel)).Value!;

    /// <summary>An account with an authenticator that is on; the clock then stands at another step, so that a new code can be used.</summary>
    protected async Task<Enrolled> EnrolAsync(string email = Email)
    {
        var userId = await AddUserAsync(email);
        var actor = Person(userId, Role.User);
        var secret = (await BeginAsync(actor)).Text;
        var added = await Get<ConfirmAuthenticator>().HandleAsync(actor, Code(secret), Cancel);
        Time.Advance(TimeSpan.FromSeconds(60));
        return new Enrolled(userId, actor, secret, added.Value!.RecoveryCodes);
    }

    protected Task<Outcome<CompletedSignIn>> CompleteAsync(PendingSignIn pending, string? code, bool recovery = false, bool remember = false, IPAddress? ip = null) =>
        Get<CompleteSignIn>().HandleAsync(
            new CompleteSignInRequest(pending, code, recovery, remember, ip ?? new IPAddress([198, 51, (byte)Interlocked.Increment(ref attempts), 1]), "test"), Cancel);

    protected async Task<PendingSignIn> PendingAsync() => (await PassAsync(Email)).Value!.Pending!;

    protected Task<long> CountAsync(string table, string where = "true") => Database.ScalarAsync<long>($"SELECT count(*) FROM {table} WHERE {where}");

    protected Actor Stale(Guid userId) => Actor.Person(userId, Role.User, Guid.NewGuid(), Time.GetUtcNow());

    protected sealed record Enrolled(Guid UserId, Actor Actor, string Secret, IReadOnlyList<string> Codes);
}
