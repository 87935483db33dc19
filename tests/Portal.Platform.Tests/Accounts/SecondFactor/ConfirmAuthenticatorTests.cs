using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SecondFactor;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SecondFactor;

public sealed class ConfirmAuthenticatorTests(PostgresCluster cluster) : SecondFactorTest(cluster)
{
    [Fact]
    public async Task Confirm_WithTheFirstCode_TurnsItOnGivesCodesAndTellsTheOwner()
    {
        var userId = await AddUserAsync(Email);
        var actor = Person(userId, Role.User);
        var secret = (await BeginAsync(actor)).Text;

        var added = await Get<ConfirmAuthenticator>().HandleAsync(actor, Code(secret), Cancel);

        Assert.Equal(10, added.Value!.RecoveryCodes.Distinct(StringComparer.Ordinal).Count());
        var view = (await Get<GetSecondFactors>().HandleAsync(actor, Cancel)).Value!;
        Assert.Equal((new SecondFactorState(true, 0, 10), Time.GetUtcNow().ToUnixTimeSeconds()), (view.State, view.AuthenticatorSince!.Value.ToUnixTimeSeconds()));
        Assert.Contains("was added", await LastMailAsync("authenticator-added", Email), StringComparison.Ordinal);
        // What the database keeps of a code is a hash of it.
        Assert.Equal(10, await CountAsync("recovery_codes", "octet_length(code_hash) = 32 AND used_at IS NULL"));
    }

    [Fact]
    public async Task Confirm_WithAWrongCode_LeavesItOffAndLocksNobodyOut()
    {
        var actor = Person(await AddUserAsync(Email), Role.User);
        var secret = (await BeginAsync(actor)).Text;

        for (var i = 0; i < 11; i++)
            Assert.Equal("code_wrong", (await Get<ConfirmAuthenticator>().HandleAsync(actor, WrongCode(secret), Cancel)).Failure?.Code);

        Assert.True((await SignInAsync(Email)).Succeeded);
        Assert.Equal(0, await CountAsync("recovery_codes"));
    }

    [Fact]
    public async Task Confirm_TheCodeOfTheEnrolment_DoesNotSignIn()
    {
        var actor = Person(await AddUserAsync(Email), Role.User);
        var secret = (await BeginAsync(actor)).Text;
        var code = Code(secret);
        await Get<ConfirmAuthenticator>().HandleAsync(actor, code, Cancel);

        Assert.Equal("second_factor_refused", (await CompleteAsync(await PendingAsync(), code)).Failure?.Code);
    }

    [Fact]
    public async Task Confirm_NothingBegunOrOnAlready_IsRefused()
    {
        var userId = await AddUserAsync("other@example.org");
        var enrolled = await EnrolAsync();

        Assert.Equal("authenticator_not_begun", (await Get<ConfirmAuthenticator>().HandleAsync(Person(userId, Role.User), "000000", Cancel)).Failure?.Code);
        Assert.Equal("authenticator_on", (await Get<ConfirmAuthenticator>().HandleAsync(enrolled.Actor, Code(enrolled.Secret), Cancel)).Failure?.Code);
        Assert.Equal(AccountFailures.StepUpRequired, (await Get<ConfirmAuthenticator>().HandleAsync(Stale(userId), "000000", Cancel)).Failure);
    }
}
