using Portal.Smime;
using Portal.Vault.Certificates;

namespace Portal.Vault.Tests.Certificates;

public sealed class GetCertificateTests(VaultFixture vault) : KeyTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_Uploaded_TellsWordsAndHexAndThatItsPrivatePartIsElsewhere()
    {
        var key = await AddAsync();

        var found = await GetAsync(key.Id);

        Assert.True(found.Succeeded, found.Problem?.Detail);
        Assert.Equal((false, true), (found.Value.IsHeldHere, found.Value.IsInUse));
        Assert.Equal(key.FingerprintSha256, found.Value.Details!.FingerprintSha256);
        Assert.Equal([Box.Address], found.Value.Details.Emails);
        Assert.Equal(["digital signature", "key encipherment"], found.Value.Details.KeyUsages);
        Assert.Equal(["e-mail protection"], found.Value.Details.ExtendedUsages);
        Assert.DoesNotContain(found.Value.Steps, s => s.Outcome == CheckOutcome.Refused);
    }

    [Fact]
    public async Task Handle_RetiredOrExpired_IsNotInUse()
    {
        var (retired, expired) = (await AddAsync(), await AddAsync());
        await AddAsync();
        await RetireAsync(retired);
        await Vault.Database.ExecuteAsync($"UPDATE certificates SET not_after = '{Now.AddDays(-31):O}' WHERE id = '{expired.Id}'");

        Assert.False((await GetAsync(retired.Id)).Value!.IsInUse);
        Assert.False((await GetAsync(expired.Id)).Value!.IsInUse);
    }

    [Fact]
    public async Task Handle_OwnerKey_HasNoCertificate()
    {
        var (vaultbox, _) = await Vault.NewKeyedVaultboxAsync(Owner);
        var rows = await Vault.Get<ListCertificates>().HandleAsync(new(Owner, vaultbox.Id), Cancel);
        var owner = rows.Value!.Single(r => r is { Purpose: KeyPurposes.Owner, CertificateType: CertificateTypes.Public });

        var found = await Vault.Get<GetCertificate>().HandleAsync(new(Owner, vaultbox.Id, owner.Id), Cancel);

        Assert.Null(found.Value!.Details);
        Assert.True(found.Value.IsHeldHere);
    }

    [Fact]
    public async Task Handle_PrivateRowOrStranger_LooksAbsent()
    {
        var (vaultbox, _) = await Vault.NewKeyedVaultboxAsync(Owner);
        var rows = await Vault.Get<ListCertificates>().HandleAsync(new(Owner, vaultbox.Id), Cancel);
        var locked = rows.Value!.First(r => r.CertificateType == CertificateTypes.Private);
        var open = rows.Value!.First(r => r.CertificateType == CertificateTypes.Public);

        Assert.Equal("not_found", (await Vault.Get<GetCertificate>().HandleAsync(new(Owner, vaultbox.Id, locked.Id), Cancel)).Problem?.Code);
        Assert.Equal("not_found", (await Vault.Get<GetCertificate>().HandleAsync(new(Vault.Stranger, vaultbox.Id, open.Id), Cancel)).Problem?.Code);
    }

    private Task<VaultResult<CertificateDetail>> GetAsync(Guid id) => Vault.Get<GetCertificate>().HandleAsync(new(Owner, Box.Id, id), Cancel);
}
