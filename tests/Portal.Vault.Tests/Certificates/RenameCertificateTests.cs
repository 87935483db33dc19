using Portal.Vault.Certificates;

namespace Portal.Vault.Tests.Certificates;

public sealed class RenameCertificateTests(VaultFixture vault) : KeyTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_NewName_IsTrimmedAndKept()
    {
        var key = await AddAsync();

        var renamed = await RenameAsync(key, "  Work card ");

        Assert.Equal("Work card", renamed.Value?.FriendlyName);
        Assert.Equal("Work card", await Vault.Database.ScalarAsync<string>($"SELECT friendly_name FROM certificates WHERE id = '{key.Id}'"));
    }

    [Fact]
    public async Task Handle_NoNameOrTooLongOne_IsRefused()
    {
        var key = await AddAsync();

        Assert.Equal("name_missing", (await RenameAsync(key, " ")).Problem?.Code);
        Assert.Equal("name_too_long", (await RenameAsync(key, new string('x', 256))).Problem?.Code);
    }

    [Fact]
    public async Task Handle_OthersKey_LooksAbsent() => Assert.Equal("not_found", (await RenameAsync(await AddAsync(), "x", Vault.Stranger)).Problem?.Code);

    private Task<VaultResult<CertificateView>> RenameAsync(CertificateView key, string name, VaultActor? actor = null) =>
        Vault.Get<RenameCertificate>().HandleAsync(new(actor ?? Owner, Box.Id, key.Id, name), Cancel);
}
