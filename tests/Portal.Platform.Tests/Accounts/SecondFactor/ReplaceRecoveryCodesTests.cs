using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SecondFactor;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SecondFactor;

public sealed class ReplaceRecoveryCodesTests(PostgresCluster cluster) : SecondFactorTest(cluster)
{
    [Fact]
    public async Task Replace_TheCodes_PutsTheFormerOutOfUse()
    {
        var enrolled = await EnrolAsync();

        var made = await Get<ReplaceRecoveryCodes>().HandleAsync(enrolled.Actor, Cancel);

        Assert.Equal(10, made.Value!.Codes.Count);
        Assert.False((await CompleteAsync(await PendingAsync(), enrolled.Codes[0], recovery: true)).Succeeded);
        Assert.True((await CompleteAsync(await PendingAsync(), made.Value.Codes[0], recovery: true)).Succeeded);
        Assert.Contains("former ones work no longer", await LastMailAsync("recovery-codes-replaced", Email), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replace_WithoutASecondFactorOrAFreshProof_IsRefused()
    {
        var userId = await AddUserAsync(Email);

        Assert.Equal("second_factor_off", (await Get<ReplaceRecoveryCodes>().HandleAsync(Person(userId, Role.User), Cancel)).Failure?.Code);
        Assert.Equal(AccountFailures.StepUpRequired, (await Get<ReplaceRecoveryCodes>().HandleAsync(Stale(userId), Cancel)).Failure);
    }
}
