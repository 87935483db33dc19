using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Administration;
using Portal.Platform.Tests.Accounts.SecondFactor;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.Administration;

public sealed class ResetSecondFactorTests(PostgresCluster cluster) : SecondFactorTest(cluster)
{
    [Fact]
    public async Task Reset_ByAnAdmin_TakesEveryFactorEndsSessionsAndTellsTheOwnerWhy()
    {
        var enrolled = await EnrolAsync();
        await CompleteAsync(await PendingAsync(), Code(enrolled.Secret), remember: true);
        await AddPasskeyAsync();

        var reset = await ResetAsync(Actor.Operator, enrolled.UserId, " Called back on the known number ");

        Assert.Equal(new SecondFactorReset(1, NeedsNewPassword: false), reset.Value);
        Assert.Equal(0, await CountAsync("authenticators") + await CountAsync("passkeys") + await CountAsync("recovery_codes") + await CountAsync("remembered_devices"));
        Assert.Equal(0, await CountAsync("sessions", "revoked_at IS NULL"));
        var mail = await LastMailAsync("second-factor-reset", Email);
        Assert.Contains("Called back on the known number", mail, StringComparison.Ordinal);
        Assert.True((await SignInAsync(Email)).Succeeded);
    }

    [Fact]
    public async Task Reset_OfAPasswordThatCannotStandAlone_EndsThePasswordToo()
    {
        var enrolled = await EnrolAsync();
        await Database.ExecuteAsync("UPDATE users SET password_stands_alone = false");

        var reset = await ResetAsync(Actor.Operator, enrolled.UserId, "why");

        Assert.True(reset.Value?.NeedsNewPassword);
        Assert.Equal("sign_in_refused", (await SignInAsync(Email)).Failure?.Code);
        Assert.Contains("Set a new one of at least 15 characters.", await LastMailAsync("second-factor-reset", Email), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_WithoutAReasonOfAnyLength_IsRefused()
    {
        var enrolled = await EnrolAsync();

        Assert.Equal(ResetSecondFactor.ReasonMissing, (await ResetAsync(Actor.Operator, enrolled.UserId, "  ")).Failure);
        Assert.Equal(SuspendUser.ReasonTooLong, (await ResetAsync(Actor.Operator, enrolled.UserId, new string('x', 201))).Failure);
        Assert.Equal(1, await CountAsync("authenticators"));
    }

    [Fact]
    public async Task Reset_OneselfOrOneWithoutAFactor_IsRefused()
    {
        var admin = await AddUserAsync("admin@example.org", Role.Admin);
        var other = await AddUserAsync("other@example.org");

        Assert.Equal(ResetSecondFactor.OwnFactor, (await ResetAsync(Person(admin, Role.Admin), admin, "why")).Failure);
        Assert.Equal(ResetSecondFactor.NothingToReset, (await ResetAsync(Person(admin, Role.Admin), other, "why")).Failure);
    }

    [Fact]
    public async Task Reset_ByOthersOrWithAnOldProof_IsRefused()
    {
        var enrolled = await EnrolAsync();
        foreach (var actor in new[] { Person(enrolled.UserId, Role.User), Person(Guid.NewGuid(), Role.Support), Actor.Stranger })
            Assert.Equal(AccountFailures.NotFound, (await ResetAsync(actor, enrolled.UserId, "why")).Failure);
        Assert.Equal(
            AccountFailures.StepUpRequired,
            (await ResetAsync(Actor.Person(Guid.NewGuid(), Role.Admin, Guid.NewGuid(), Time.GetUtcNow()), enrolled.UserId, "why")).Failure);
        Assert.Equal(1, await CountAsync("authenticators"));
    }

    private Task<Outcome<SecondFactorReset>> ResetAsync(Actor actor, Guid user, string? reason) =>
        Get<ResetSecondFactor>().HandleAsync(actor, new ResetSecondFactorRequest(user, reason), Cancel);

    private Task AddPasskeyAsync() => Database.ExecuteAsync(
        """
        INSERT INTO passkeys (user_id, credential_id, public_key, name, sign_count, transports, is_user_verified, is_backup_eligible, is_backed_up, attestation_object, client_data_json)
        SELECT id, '\x01', '\x01', 'key', 0, '{}', true, false, false, '\x01', '\x01' FROM users
        """);
}
