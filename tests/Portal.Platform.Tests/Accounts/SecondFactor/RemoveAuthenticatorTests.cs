using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SecondFactor;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SecondFactor;

public sealed class RemoveAuthenticatorTests(PostgresCluster cluster) : SecondFactorTest(cluster)
{
    [Fact]
    public async Task Remove_TheOnlyFactor_TakesItsCodesAndRememberedBrowsersWithIt()
    {
        var enrolled = await EnrolAsync();
        await CompleteAsync(await PendingAsync(), Code(enrolled.Secret), remember: true);

        var left = await Get<RemoveAuthenticator>().HandleAsync(enrolled.Actor, Cancel);

        Assert.Equal(new SecondFactorState(false, 0, 0), left.Value);
        Assert.Equal(0, await CountAsync("remembered_devices"));
        Assert.Contains("was removed", await LastMailAsync("authenticator-removed", Email), StringComparison.Ordinal);
        Assert.True((await SignInAsync(Email)).Succeeded);
    }

    [Fact]
    public async Task Remove_TheOnlyFactorOfAShortPassword_IsRefused()
    {
        var enrolled = await EnrolAsync();
        await Database.ExecuteAsync("UPDATE users SET password_stands_alone = false");

        var refused = await Get<RemoveAuthenticator>().HandleAsync(enrolled.Actor, Cancel);

        Assert.Equal("second_factor_needed", refused.Failure?.Code);
        Assert.Equal(1, await CountAsync("authenticators", "confirmed_at IS NOT NULL"));
    }

    [Fact]
    public async Task Remove_OneOfTwoFactorsOfAShortPassword_KeepsTheCodes()
    {
        var enrolled = await EnrolAsync();
        await Database.ExecuteAsync(
            """
            UPDATE users SET password_stands_alone = false;
            INSERT INTO passkeys (user_id, credential_id, public_key, name, sign_count, transports, is_user_verified, is_backup_eligible, is_backed_up, attestation_object, client_data_json)
            SELECT id, '\x01', '\x01', 'key', 0, '{}', true, false, false, '\x01', '\x01' FROM users
            """);

        Assert.Equal(new SecondFactorState(false, 1, 10), (await Get<RemoveAuthenticator>().HandleAsync(enrolled.Actor, Cancel)).Value);
    }

    [Fact]
    public async Task Remove_OneThatIsOnlyBegun_EndsTheSetUpWithoutANotice()
    {
        var actor = Person(await AddUserAsync(Email), Role.User);
        await BeginAsync(actor);

        Assert.True((await Get<RemoveAuthenticator>().HandleAsync(actor, Cancel)).Succeeded);
        Assert.Equal(0, await CountAsync("authenticators") + await CountAsync("system_messages"));
        Assert.Equal("authenticator_off", (await Get<RemoveAuthenticator>().HandleAsync(actor, Cancel)).Failure?.Code);
    }

    [Fact]
    public async Task Remove_WithoutAFreshProof_IsAskedForOne()
    {
        var enrolled = await EnrolAsync();

        Assert.Equal(AccountFailures.StepUpRequired, (await Get<RemoveAuthenticator>().HandleAsync(Stale(enrolled.UserId), Cancel)).Failure);
    }
}
