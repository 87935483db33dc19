using System.Security.Cryptography.X509Certificates;
using Portal.Smime;
using Portal.Vault.Certificates;

namespace Portal.Vault.Tests.Certificates;

public sealed class CheckCertificatesTests(VaultFixture vault) : KeyTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_GoodOne_PassesEveryCheckAndKeepsNothing()
    {
        using var certificate = TestCertificate.Make(Box.Address, Now.AddDays(-1), Now.AddYears(2));

        var checkedOnes = await CheckAsync(certificate.ExportCertificatePem());

        var one = Assert.Single(checkedOnes.Value!.Items);
        Assert.True(one.IsAccepted);
        Assert.Equal([CertificateCodes.SelfSigned], one.Steps.Where(s => s.Outcome != CheckOutcome.Passed).Select(s => s.Code));
        Assert.Contains($"Names {Box.Address}", one.Steps.Select(s => s.Title), StringComparer.Ordinal);
        Assert.Equal(0L, await Vault.CountAsync($"SELECT count(*) FROM certificates WHERE vaultbox_id = '{Box.Id}'"));
    }

    [Fact]
    public async Task Handle_BundleOfSeveral_ChecksEachByItself()
    {
        using var good = TestCertificate.Make(Box.Address, Now.AddDays(-1), Now.AddYears(2));
        using var expired = TestCertificate.Make(Box.Address, Now.AddYears(-2), Now.AddDays(-31));
        var bundle = new X509Certificate2Collection { good, expired }.Export(X509ContentType.Pkcs7)!;

        var checkedOnes = await Vault.Get<CheckCertificates>().HandleAsync(new(Owner, Box.Id, null, bundle), Cancel);

        Assert.Equal([true, false], checkedOnes.Value!.Items.OrderBy(i => i.NotBefore).Select(i => i.IsAccepted).Reverse());
        Assert.Equal(0, checkedOnes.Value.Issuers);
    }

    [Fact]
    public async Task Handle_AlreadyThere_SaysSo()
    {
        var key = await AddAsync();

        var again = await CheckAsync(key.Pem);

        Assert.Contains(Assert.Single(again.Value!.Items).Steps, s => s is { Code: CertificateCodes.Duplicate, Outcome: CheckOutcome.Refused });
    }

    [Fact]
    public async Task Handle_Text_IsRefused() => Assert.Equal(CertificateCodes.Unparsable, (await CheckAsync("Hello")).Problem?.Code);

    [Fact]
    public async Task Handle_OthersVaultbox_LooksAbsent() =>
        Assert.Equal("not_found", (await Vault.Get<CheckCertificates>().HandleAsync(new(Vault.Stranger, Box.Id, "Hello", default), Cancel)).Problem?.Code);

    private Task<VaultResult<CheckedCertificates>> CheckAsync(string pem) => Vault.Get<CheckCertificates>().HandleAsync(new(Owner, Box.Id, pem, default), Cancel);
}
