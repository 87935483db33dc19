using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SecondFactor.Passkeys;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SecondFactor.Passkeys;

public sealed class RemovePasskeyTests(PostgresCluster cluster) : PasskeyTest(cluster)
{
    private readonly SoftwareAuthenticator authenticator = new();

    [Fact]
    public async Task Handle_TheOwners_SignsInNoMore()
    {
        var actor = await AddPersonAsync();
        var added = await AddAsync(actor, authenticator);

        var removed = await Get<RemovePasskey>().HandleAsync(actor, added.Value!.Passkey.Id, Cancel);

        Assert.Equal("Laptop", removed.Value);
        Assert.Equal("passkey_refused", (await SignInAsync(authenticator)).Failure?.Code);
        Assert.Equal(0L, await Database.ScalarAsync<long>("SELECT count(*) FROM recovery_codes"));
        Assert.Equal(1L, await Database.ScalarAsync<long>($"SELECT count(*) FROM system_messages WHERE kind = 'passkey-removed' AND recipient = '{Email}'"));
    }

    [Fact]
    public async Task Handle_TheLastFactorBesideAShortPassword_IsRefused()
    {
        var actor = await AddPersonAsync();
        using var phone = new SoftwareAuthenticator();
        var first = await AddAsync(actor, authenticator);
        var second = await AddAsync(actor, phone, "Phone");
        await Database.ExecuteAsync("UPDATE users SET password_stands_alone = false");

        Assert.True((await Get<RemovePasskey>().HandleAsync(actor, first.Value!.Passkey.Id, Cancel)).Succeeded);
        Assert.Equal("second_factor_needed", (await Get<RemovePasskey>().HandleAsync(actor, second.Value!.Passkey.Id, Cancel)).Failure?.Code);

        Assert.Equal(10L, await Database.ScalarAsync<long>("SELECT count(*) FROM recovery_codes"));
        Assert.True((await SignInAsync(phone)).Succeeded);
    }

    [Fact]
    public async Task Handle_SomebodyElses_LooksLikeNone()
    {
        var added = await AddAsync(await AddPersonAsync(), authenticator);
        var other = await AddPersonAsync("other@example.org");

        Assert.Equal(AccountFailures.NotFound, (await Get<RemovePasskey>().HandleAsync(other, added.Value!.Passkey.Id, Cancel)).Failure);
        Assert.Equal(AccountFailures.NotFound, (await Get<RemovePasskey>().HandleAsync(other, Guid.NewGuid(), Cancel)).Failure);
    }

    [Fact]
    public async Task Handle_WithoutAFreshProof_AsksForOne()
    {
        var actor = await AddPersonAsync();
        var added = await AddAsync(actor, authenticator);
        Time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(AccountFailures.StepUpRequired, (await Get<RemovePasskey>().HandleAsync(actor, added.Value!.Passkey.Id, Cancel)).Failure);
    }
}
