using Portal.Vault.Certificates;

namespace Portal.Vault.Tests.Certificates;

public sealed class ResumeCertificateTests(VaultFixture vault) : KeyTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_Retired_TakesNewMailAgain()
    {
        var key = await AddAsync();
        await RetireAsync(key, pausesMail: true);

        var resumed = await ResumeAsync(key);
        await DeliverAsync();

        Assert.Equal((CertificateStatus.Active, null), (resumed.Value?.Status, resumed.Value?.RetiredAt));
        Assert.Equal(["key_added", "key_retired", "key_resumed"], (await NoticesAsync()).Select(n => n.Kind));
    }

    [Fact]
    public async Task Handle_ExpiredBeyondGrace_IsRefused()
    {
        var key = await AddAsync();
        await RetireAsync(key, pausesMail: true);
        await Vault.Database.ExecuteAsync($"UPDATE certificates SET not_after = '{Now.AddDays(-31):O}' WHERE id = '{key.Id}'");

        Assert.Equal("certificate_expired", (await ResumeAsync(key)).Problem?.Code);
    }

    [Fact]
    public async Task Handle_OfAnotherFamilyThanTheKeysInUse_IsRefused()
    {
        var key = await AddAsync();
        await RetireAsync(key, pausesMail: true);
        using var curve = TestCertificate.MakeCurve(Box.Address, Now.AddDays(-1), Now.AddYears(1));
        var added = await Vault.Get<AddCertificate>().HandleAsync(new(Owner, Box.Id, curve.ExportCertificatePem(), default, null), Cancel);
        Assert.True(added.Succeeded, added.Problem?.Detail);

        Assert.Equal("second_key_family", (await ResumeAsync(key)).Problem?.Code);
        await DeliverAsync();
    }

    [Fact]
    public async Task Handle_NotRetired_TellsNothing()
    {
        var key = await AddAsync();

        Assert.True((await ResumeAsync(key)).Succeeded);
        Assert.Equal(["key_added"], (await NoticesAsync()).Select(n => n.Kind));
    }

    [Fact]
    public async Task Handle_WithoutAFreshProofOrByAStranger_IsRefused()
    {
        var key = await AddAsync();
        await RetireAsync(key, pausesMail: true);

        Assert.Equal(VaultProblem.StepUpRequired, (await ResumeAsync(key, Stale)).Problem);
        Assert.Equal("not_found", (await ResumeAsync(key, Vault.Stranger)).Problem?.Code);
    }
}
