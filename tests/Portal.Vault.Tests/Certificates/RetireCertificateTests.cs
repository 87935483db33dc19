using Portal.Vault.Certificates;
using Portal.Vault.Intake;

namespace Portal.Vault.Tests.Certificates;

public sealed class RetireCertificateTests(VaultFixture vault) : KeyTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_OneOfTwo_TakesNoNewMailAndStillOpensTheOld()
    {
        var (old, young) = (await AddAsync(), await AddAsync("Laptop"));
        await DeliverAsync();

        var retired = await RetireAsync(old);
        await DeliverAsync();

        Assert.Equal((CertificateStatus.Retired, Now), (retired.Value?.Status, retired.Value?.RetiredAt));
        var opens = (await CoverageAsync()).Keys.ToDictionary(k => k.CertificateId, k => (k.Messages, k.Alone));
        Assert.Equal((1L, 0L), opens[old.Id]);
        Assert.Equal((2L, 1L), opens[young.Id]);
        Assert.Equal(("key_retired", old.FingerprintSha256), (await NoticesAsync())[^1]);
    }

    [Fact]
    public async Task Handle_LastOne_IsRefusedUnlessTheOwnerKnows()
    {
        var key = await AddAsync();

        var refused = await RetireAsync(key);
        var knowing = await RetireAsync(key, pausesMail: true);

        Assert.Equal(RetireCertificate.LastKey, refused.Problem?.Code);
        Assert.Contains("mail waits at its senders", refused.Problem?.Detail, StringComparison.Ordinal);
        Assert.True(knowing.Succeeded, knowing.Problem?.Detail);
        Assert.Equal(DeliveryOutcome.Deferred, (await Vault.DeliverAsync(Message, Box)).Outcome);
    }

    [Fact]
    public async Task Handle_OtherIsExpiredBeyondGrace_CountsAsTheLast()
    {
        var expired = await AddAsync(until: Now.AddDays(1));
        var key = await AddAsync();
        await Vault.Database.ExecuteAsync($"UPDATE certificates SET not_after = now() - interval '40 days' WHERE id = '{expired.Id}'");

        Assert.Equal(RetireCertificate.LastKey, (await RetireAsync(key)).Problem?.Code);
        Assert.True((await RetireAsync(expired)).Succeeded);
    }

    [Fact]
    public async Task Handle_Again_ChangesAndTellsNothing()
    {
        var key = await AddAsync();
        await AddAsync();
        var first = await RetireAsync(key);
        var told = (await NoticesAsync()).Count;
        Vault.Time.Advance(TimeSpan.FromMinutes(1));

        var again = await RetireAsync(key);

        Assert.Equal(first.Value!.RetiredAt!.Value, again.Value!.RetiredAt!.Value, TimeSpan.FromMilliseconds(1));
        Assert.Equal(told, (await NoticesAsync()).Count);
    }

    [Fact]
    public async Task Handle_WithoutAFreshProofOrByAStranger_IsRefused()
    {
        var key = await AddAsync();
        await AddAsync();

        Assert.Equal(VaultProblem.StepUpRequired, (await RetireAsync(key, actor: Stale)).Problem);
        Assert.Equal("not_found", (await RetireAsync(key, actor: Vault.Stranger)).Problem?.Code);
        Assert.Equal(CertificateStatus.Active, await Vault.Database.ScalarAsync<string>($"SELECT status FROM certificates WHERE id = '{key.Id}'"));
    }

    [Fact]
    public async Task Handle_OwnerKey_LooksAbsent()
    {
        var (vaultbox, _) = await Vault.NewKeyedVaultboxAsync(Owner);
        var rows = await Vault.Get<ListCertificates>().HandleAsync(new(Owner, vaultbox.Id), Cancel);
        var owner = rows.Value!.Single(r => r is { Purpose: KeyPurposes.Owner, CertificateType: CertificateTypes.Public });

        var refused = await Vault.Get<RetireCertificate>().HandleAsync(new(Owner, vaultbox.Id, owner.Id, PausesMail: true), Cancel);

        Assert.Equal("not_found", refused.Problem?.Code);
    }
}
