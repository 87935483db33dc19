using System.Security.Cryptography;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Passwords;
using Portal.Platform.Accounts.SecondFactor;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Accounts.Tokens;
using Portal.Platform.Tests.Accounts.SecondFactor;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.Passwords;

public sealed class ChangePasswordTests(PostgresCluster cluster) : SecondFactorTest(cluster)
{
    private readonly string fresh = RandomNumberGenerator.GetHexString(32);

    [Fact]
    public async Task Change_InAFreshSession_EndsTheOthersAndTellsTheOwner()
    {
        var userId = await AddUserAsync(Email);
        var mine = (await SignInAsync(Email)).Value!;
        var other = (await SignInAsync(Email)).Value!;
        Assert.NotNull(await Get<ValidateSession>().HandleAsync(other.SessionId, Cancel));

        var changed = await ChangeAsync(Actor.Person(userId, Role.User, mine.SessionId, mine.FreshUntil), null, fresh);

        Assert.Equal(1, changed.Value!.EndedSessions);
        Assert.NotNull(await Get<ValidateSession>().HandleAsync(mine.SessionId, Cancel));
        Assert.Null(await Get<ValidateSession>().HandleAsync(other.SessionId, Cancel));
        Assert.False((await SignInAsync(Email)).Succeeded);
        Assert.True((await SignInAsync(Email, fresh)).Succeeded);
        Assert.Contains("was changed", await LastMailAsync("password-changed", Email), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_WithoutAFreshProof_TakesTheCurrentPasswordInstead()
    {
        var userId = await AddUserAsync(Email);

        Assert.Equal(AccountFailures.StepUpRequired, (await ChangeAsync(Stale(userId), null, fresh)).Failure);
        Assert.Equal("current_password_wrong", (await ChangeAsync(Stale(userId), "not the one that was set", fresh)).Failure?.Code);
        Assert.True((await ChangeAsync(Stale(userId), GoodPassword, fresh)).Succeeded);
    }

    [Fact]
    public async Task Change_ByAToken_AlwaysTakesTheCurrentPassword()
    {
        var userId = await AddUserAsync(Email);
        var token = Actor.Token(userId, Role.User, TokenScopes.Full);

        Assert.Equal(AccountFailures.StepUpRequired, (await ChangeAsync(token, null, fresh)).Failure);
        Assert.Equal(AccountFailures.ScopeMissing, (await ChangeAsync(Actor.Token(userId, Role.User, TokenScopes.None), GoodPassword, fresh)).Failure);
        Assert.Equal(AccountFailures.NotFound, (await ChangeAsync(Actor.Stranger, GoodPassword, fresh)).Failure);
        Assert.True((await ChangeAsync(token, GoodPassword, fresh)).Succeeded);
    }

    [Fact]
    public async Task Change_TenWrongCurrentPasswords_LockTheAccountAlsoForTheRightOne()
    {
        var userId = await AddUserAsync(Email);
        for (var i = 0; i < 10; i++)
            await ChangeAsync(Stale(userId), "not the one that was set", fresh);

        Assert.Equal("current_password_wrong", (await ChangeAsync(Stale(userId), GoodPassword, fresh)).Failure?.Code);
        Assert.False((await SignInAsync(Email)).Succeeded);
    }

    [Fact]
    public async Task Change_ToAShortOne_TakesASecondFactorAndKeepsIt()
    {
        var shorter = RandomNumberGenerator.GetHexString(9);
        var alone = await AddUserAsync("alone@example.org");
        var enrolled = await EnrolAsync();

        Assert.Equal("password_too_short", (await ChangeAsync(Person(alone, Role.User), null, shorter)).Failure?.Code);
        Assert.True((await ChangeAsync(enrolled.Actor, null, shorter)).Succeeded);
        Assert.Equal("second_factor_needed", (await Get<RemoveAuthenticator>().HandleAsync(enrolled.Actor, Cancel)).Failure?.Code);
        Assert.True((await ChangeAsync(enrolled.Actor, null, fresh)).Succeeded);
        Assert.True((await Get<RemoveAuthenticator>().HandleAsync(enrolled.Actor, Cancel)).Succeeded);
    }

    [Fact]
    public async Task Change_ForgetsRememberedBrowsersAndVoidsASignInThatIsHalfDone()
    {
        var enrolled = await EnrolAsync();
        var device = (await CompleteAsync(await PendingAsync(), Code(enrolled.Secret), remember: true)).Value!.Device!;
        var pending = await PendingAsync();
        Time.Advance(TimeSpan.FromSeconds(60));

        await ChangeAsync(enrolled.Actor, null, fresh);

        Assert.NotNull((await PassAsync(Email, fresh, device: device.Token)).Value!.Pending);
        Assert.Equal("sign_in_expired", (await CompleteAsync(pending, Code(enrolled.Secret))).Failure?.Code);
    }

    private Task<Outcome<PasswordChanged>> ChangeAsync(Actor actor, string? current, string? next) =>
        Get<ChangePassword>().HandleAsync(actor, new ChangePasswordRequest(current, next, Ip), Cancel);
}
