using System.Security.Cryptography.X509Certificates;
using Portal.Vault.Certificates;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Tests.Certificates;

public sealed class AddCertificateTests(VaultFixture vault) : IClassFixture<VaultFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Handle_GoodCertificate_MakesTheVaultboxTakeMail()
    {
        var vaultbox = await vault.NewVaultboxAsync();

        var result = await AddAsync(vaultbox, Valid(vaultbox.Address).ExportCertificatePem());
        var after = await vault.Get<GetVaultbox>().HandleAsync(new(vault.Owner, vaultbox.Id), Cancel);

        Assert.True(result.Succeeded, result.Problem?.Detail);
        Assert.Equal(("installation", "RSA 2048"), (result.Value.Certificate.BindingKind, result.Value.Certificate.Algorithm));
        Assert.False(after.Value!.NeedsKey);
    }

    [Fact]
    public async Task Handle_Der_IsTakenToo()
    {
        var vaultbox = await vault.NewVaultboxAsync();

        var result = await vault.Get<AddCertificate>().HandleAsync(new(vault.Owner, vaultbox.Id, null, Valid(vaultbox.Address).RawData, "Card"), Cancel);

        Assert.Equal("Card", result.Value?.Certificate.FriendlyName);
    }

    [Fact]
    public async Task Handle_AddressOfSomebodyElse_Warns()
    {
        var vaultbox = await vault.NewVaultboxAsync();

        var result = await AddAsync(vaultbox, Valid("other@example.org").ExportCertificatePem());

        Assert.Contains("address_mismatch", result.Value!.Warnings.Select(w => w.Code));
    }

    [Fact]
    public async Task Handle_Expired_IsRefused() => await RefusedAsync(
        "certificate_expired", box => TestCertificate.Make(box.Address, Now.AddYears(-2), Now.AddDays(-31)).ExportCertificatePem());

    [Fact]
    public async Task Handle_NotYetValid_IsRefused() => await RefusedAsync(
        "certificate_not_yet_valid", box => TestCertificate.Make(box.Address, Now.AddDays(1), Now.AddYears(1)).ExportCertificatePem());

    [Fact]
    public async Task Handle_SmallKey_IsRefused() => await RefusedAsync(
        "key_too_small", box => TestCertificate.Make(box.Address, Now.AddDays(-1), Now.AddYears(1), bits: 1024).ExportCertificatePem());

    [Fact]
    public async Task Handle_Text_IsRefused() => await RefusedAsync("certificate_unparsable", _ => "Hello");

    [Fact]
    public async Task Handle_PrivateKeyBesideTheCertificate_IsRefused() => await RefusedAsync("private_key_in_clear", box =>
    {
        using var certificate = Valid(box.Address);
        using var key = certificate.GetRSAPrivateKey()!;
        return certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem();
    });

    [Fact]
    public async Task Handle_SameCertificateTwice_IsRefused()
    {
        var vaultbox = await vault.NewVaultboxAsync();
        var pem = Valid(vaultbox.Address).ExportCertificatePem();
        await AddAsync(vaultbox, pem);

        var again = await AddAsync(vaultbox, pem);

        Assert.Equal("certificate_duplicate", again.Problem?.Code);
    }

    [Fact]
    public async Task Handle_EllipticCurveBesideRsa_IsRefused()
    {
        var vaultbox = await vault.NewVaultboxAsync();
        await AddAsync(vaultbox, Valid(vaultbox.Address).ExportCertificatePem());
        using var curve = TestCertificate.MakeCurve(vaultbox.Address, Now.AddDays(-1), Now.AddYears(1));

        var result = await AddAsync(vaultbox, curve.ExportCertificatePem());

        Assert.Equal("second_key_family", result.Problem?.Code);
        Assert.Contains("This vaultbox seals for RSA keys", result.Problem?.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handle_RsaBesideEllipticCurve_IsRefused()
    {
        var vaultbox = await vault.NewVaultboxAsync();
        using var curve = TestCertificate.MakeCurve(vaultbox.Address, Now.AddDays(-1), Now.AddYears(1));
        Assert.Equal("EC P-256", (await AddAsync(vaultbox, curve.ExportCertificatePem())).Value?.Certificate.Algorithm);

        var result = await AddAsync(vaultbox, Valid(vaultbox.Address).ExportCertificatePem());

        Assert.Equal("second_key_family", result.Problem?.Code);
        Assert.Contains("This vaultbox seals for EC keys", result.Problem?.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handle_OthersVaultbox_LooksAbsent()
    {
        var vaultbox = await vault.NewVaultboxAsync();

        var result = await vault.Get<AddCertificate>().HandleAsync(new(vault.Stranger, vaultbox.Id, Valid(vaultbox.Address).ExportCertificatePem(), default, null), Cancel);

        Assert.Equal("not_found", result.Problem?.Code);
    }

    [Fact]
    public async Task Handle_WithoutAFreshProof_AsksForOne()
    {
        var vaultbox = await vault.NewVaultboxAsync();
        var pem = Valid(vaultbox.Address).ExportCertificatePem();
        var stale = vault.Owner with { FreshUntil = Now };

        var asked = await vault.Get<AddCertificate>().HandleAsync(new(stale, vaultbox.Id, pem, default, null), Cancel);
        var nonsense = await vault.Get<AddCertificate>().HandleAsync(new(stale, vaultbox.Id, "Hello", default, null), Cancel);
        var others = await vault.Get<AddCertificate>().HandleAsync(new(vault.Stranger with { FreshUntil = Now }, vaultbox.Id, pem, default, null), Cancel);
        var fresh = await vault.Get<AddCertificate>().HandleAsync(new(stale with { FreshUntil = Now.AddSeconds(1) }, vaultbox.Id, pem, default, null), Cancel);

        Assert.Equal(VaultProblem.StepUpRequired, asked.Problem);
        Assert.Equal(VaultProblem.StepUpRequired, nonsense.Problem);
        Assert.Equal("not_found", others.Problem?.Code);
        Assert.True(fresh.Succeeded, fresh.Problem?.Detail);
    }

    [Fact]
    public async Task Handle_ForATokenThatMayWriteKeys_AsksForNoProof()
    {
        var vaultbox = await vault.NewVaultboxAsync();
        var token = vault.Owner with { Scopes = new HashSet<string>(StringComparer.Ordinal) { VaultScopes.KeysWrite }, FreshUntil = null };

        var result = await vault.Get<AddCertificate>()
            .HandleAsync(new(token, vaultbox.Id, Valid(vaultbox.Address).ExportCertificatePem(), default, null), Cancel);

        Assert.True(result.Succeeded, result.Problem?.Detail);
    }

    private DateTimeOffset Now => vault.Time.GetUtcNow();

    private X509Certificate2 Valid(string address) => TestCertificate.Make(address, Now.AddDays(-1), Now.AddYears(2));

    private Task<VaultResult<AddedCertificate>> AddAsync(VaultboxView vaultbox, string pem) =>
        vault.Get<AddCertificate>().HandleAsync(new(vault.Owner, vaultbox.Id, pem, default, null), Cancel);

    private async Task RefusedAsync(string code, Func<VaultboxView, string> pem)
    {
        var vaultbox = await vault.NewVaultboxAsync();

        var result = await AddAsync(vaultbox, pem(vaultbox));

        Assert.Equal(code, result.Problem?.Code);
        Assert.Equal(0, await vault.CountAsync($"SELECT count(*) FROM certificates WHERE vaultbox_id = '{vaultbox.Id}'"));
    }
}
