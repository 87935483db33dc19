using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Accounts.Tokens;
using Portal.Platform.Tests.Accounts.SecondFactor;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.Sessions;

public sealed class ConfirmIdentityTests(PostgresCluster cluster) : SecondFactorTest(cluster)
{
    [Fact]
    public async Task Confirm_WithThePassword_MakesTheSessionFreshAtOnce()
    {
        await AddUserAsync(Email);
        var session = (await SignInAsync(Email)).Value!;
        Time.Advance(TimeSpan.FromMinutes(11));
        var before = (await Get<ValidateSession>().HandleAsync(session.SessionId, Cancel))!.Actor;
        Assert.False(before.IsFresh(Time.GetUtcNow()));

        var confirmed = await ProveAsync(before, ProofKind.Password, GoodPassword);

        Assert.Equal(Time.GetUtcNow().AddMinutes(10), confirmed.Value!.FreshUntil);
        Assert.True((await Get<ValidateSession>().HandleAsync(session.SessionId, Cancel))!.Actor.IsFresh(Time.GetUtcNow()));
    }

    [Fact]
    public async Task Confirm_WithThePasswordBesideASecondFactor_IsRefused()
    {
        var (actor, secret, codes) = await SignedInAsync();

        Assert.Equal("proof_refused", (await ProveAsync(actor, ProofKind.Password, GoodPassword)).Failure?.Code);
        Assert.True((await ProveAsync(actor, ProofKind.Totp, Code(secret))).Succeeded);
        Assert.False((await ProveAsync(actor, ProofKind.Totp, Code(secret))).Succeeded);
        Assert.True((await ProveAsync(actor, ProofKind.RecoveryCode, codes[0])).Succeeded);
        Assert.False((await ProveAsync(actor, ProofKind.RecoveryCode, codes[0])).Succeeded);
        Assert.Contains("9 codes left", await LastMailAsync("recovery-code-used", Email), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Confirm_TenWrongProofs_LockTheAccount()
    {
        await AddUserAsync(Email);
        var actor = await ActorAsync();
        for (var i = 0; i < 10; i++)
            Assert.Equal("proof_refused", (await ProveAsync(actor, ProofKind.Password, "not the one that was set")).Failure?.Code);

        Assert.Equal("proof_refused", (await ProveAsync(actor, ProofKind.Password, GoodPassword)).Failure?.Code);
        Assert.Equal("sign_in_refused", (await SignInAsync(Email)).Failure?.Code);
    }

    [Fact]
    public async Task Confirm_InAnEndedSessionOrByAToken_IsNotThere()
    {
        var userId = await AddUserAsync(Email);
        var actor = await ActorAsync();
        await Get<SignOut>().HandleAsync(actor.SessionId!.Value, Cancel);

        Assert.Equal(AccountFailures.NotFound, (await ProveAsync(actor, ProofKind.Password, GoodPassword)).Failure);
        Assert.Equal(AccountFailures.NotFound, (await ProveAsync(Actor.Token(userId, Role.User, TokenScopes.Full), ProofKind.Password, GoodPassword)).Failure);
        Assert.Equal(AccountFailures.NotFound, (await Get<ConfirmIdentity>().FindAsync(Actor.Stranger, Cancel)).Failure);
    }

    private Task<Outcome<ConfirmedIdentity>> ProveAsync(Actor actor, ProofKind kind, string proof) =>
        Get<ConfirmIdentity>().HandleAsync(actor, new ConfirmIdentityRequest(kind, proof, Ip), Cancel);

    private async Task<Actor> ActorAsync() =>
        (await Get<ValidateSession>().HandleAsync((await SignInAsync(Email)).Value!.SessionId, Cancel))!.Actor;

    private async Task<(Actor Actor, string Secret, IReadOnlyList<string> Codes)> SignedInAsync()
    {
        var enrolled = await EnrolAsync();
        var session = (await CompleteAsync(await PendingAsync(), Code(enrolled.Secret))).Value!.Session;
        Time.Advance(TimeSpan.FromMinutes(11));
        return ((await Get<ValidateSession>().HandleAsync(session.SessionId, Cancel))!.Actor, enrolled.Secret, enrolled.Codes);
    }
}
