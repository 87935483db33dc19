using System.Security.Cryptography;
using Portal.Vault.Certificates;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Tests.Certificates;

public sealed class AddMailKeyTests(VaultFixture vault) : KeyTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_BoundByTheOwnerKey_OpensNewMailBesideTheFirst()
    {
        var (vaultbox, keys) = await Vault.NewKeyedVaultboxAsync(Owner);

        var added = await AddAsync(vaultbox, Another(vaultbox, keys));
        await Vault.DeliverAsync(Message, vaultbox);

        Assert.True(added.Succeeded, added.Problem?.Detail);
        Assert.Equal((BindingKinds.Owner, "Laptop"), (added.Value.BindingKind, added.Value.FriendlyName));
        var coverage = await Vault.Get<GetKeyCoverage>().HandleAsync(new(Owner, vaultbox.Id), Cancel);
        Assert.Equal([1L, 1L], coverage.Value!.Keys.Select(k => k.Messages));
        Assert.Equal(2L, await Vault.CountAsync($"SELECT count(*) FROM owner_notices WHERE vaultbox_id = '{vaultbox.Id}' AND kind = 'key_added'"));
    }

    [Fact]
    public async Task Handle_CertificateThatIsHereAlready_ItsPrivatePartJoinsItOnce()
    {
        var (vaultbox, keys) = await Vault.NewKeyedVaultboxAsync(Owner);
        var key = Another(vaultbox, keys);
        var uploaded = await Vault.Get<AddCertificate>().HandleAsync(new(Owner, vaultbox.Id, key.PublicPem, default, "Card"), Cancel);
        Assert.True(uploaded.Succeeded, uploaded.Problem?.Detail);

        var added = await AddAsync(vaultbox, key);
        var again = await AddAsync(vaultbox, key);

        Assert.True(added.Succeeded, added.Problem?.Detail);
        Assert.Equal((uploaded.Value.Certificate.Id, "Card"), (added.Value.Id, added.Value.FriendlyName));
        Assert.Equal(1L, await Vault.CountAsync(
            $"""
             SELECT count(*) FROM certificates secret JOIN certificates known USING (vaultbox_id, fingerprint_sha256)
             WHERE secret.certificate_type = 'private' AND known.id = '{added.Value.Id}'
             """));
        Assert.Equal("certificate_duplicate", again.Problem?.Code);
    }

    [Fact]
    public async Task Handle_CertificateThatIsHereAlreadyNotBoundByTheOwnerKey_IsRefused()
    {
        var (vaultbox, keys) = await Vault.NewKeyedVaultboxAsync(Owner);
        var key = Another(vaultbox, keys);
        await Vault.Get<AddCertificate>().HandleAsync(new(Owner, vaultbox.Id, key.PublicPem, default, "Card"), Cancel);

        var refused = await AddAsync(vaultbox, key with { Binding = new byte[64] });

        Assert.Equal("binding_invalid", refused.Problem?.Code);
    }

    [Fact]
    public async Task Handle_BoundByAnotherOwnerKey_IsRefused()
    {
        var (vaultbox, keys) = await Vault.NewKeyedVaultboxAsync(Owner);
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        var key = Another(vaultbox, keys);
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(PublicKeyPem.Der(key.PublicPem!)));
        var refused = await AddAsync(vaultbox, key with { Binding = Portal.Smime.BindingSignature.Sign(foreign, vaultbox.Id, "mail", fingerprint) });

        Assert.Equal("binding_invalid", refused.Problem?.Code);
    }

    [Fact]
    public async Task Handle_VaultboxWithoutOwnerKey_SaysToMakeAllKeys()
    {
        var (_, keys) = await Vault.NewKeyedVaultboxAsync(Owner);

        Assert.Equal("owner_key_missing", (await AddAsync(Box, Another(Box, keys))).Problem?.Code);
    }

    [Fact]
    public async Task Handle_PrivatePartInClear_IsRefused()
    {
        var (vaultbox, keys) = await Vault.NewKeyedVaultboxAsync(Owner);
        using var rsa = RSA.Create(2048);

        var refused = await AddAsync(vaultbox, Another(vaultbox, keys) with { PrivatePem = rsa.ExportPkcs8PrivateKeyPem() });

        Assert.Equal("private_key_in_clear", refused.Problem?.Code);
    }

    [Fact]
    public async Task Handle_TwentyKeysAlready_IsRefusedAsIsAnUpload()
    {
        var (vaultbox, keys) = await Vault.NewKeyedVaultboxAsync(Owner);
        await Vault.Database.ExecuteAsync(
            $"""
             INSERT INTO certificates (vaultbox_id, certificate_type, purpose, pem_content, friendly_name, fingerprint_sha256, algorithm, status)
             SELECT '{vaultbox.Id}', 'public', 'mail', 'x', 'x', sha256(n::text::bytea), 'RSA 2048', 'retired' FROM generate_series(1, {CertificatePolicy.MaxMailKeys - 1}) n
             """);
        using var certificate = TestCertificate.Make(vaultbox.Address, Now.AddDays(-1), Now.AddYears(1));

        Assert.Equal("too_many_keys", (await AddAsync(vaultbox, Another(vaultbox, keys))).Problem?.Code);
        Assert.Equal("too_many_keys", (await Vault.Get<AddCertificate>().HandleAsync(
            new(Owner, vaultbox.Id, certificate.ExportCertificatePem(), default, null), Cancel)).Problem?.Code);
    }

    [Fact]
    public async Task Handle_WithoutAFreshProofOrByAStranger_IsRefused()
    {
        var (vaultbox, keys) = await Vault.NewKeyedVaultboxAsync(Owner);

        Assert.Equal(VaultProblem.StepUpRequired, (await AddAsync(vaultbox, Another(vaultbox, keys), Stale)).Problem);
        Assert.Equal("not_found", (await AddAsync(vaultbox, Another(vaultbox, keys), Vault.Stranger)).Problem?.Code);
    }

    /// <summary>A key of the same browser: another certificate, the same owner key.</summary>
    private BrowserKey Another(VaultboxView vaultbox, BrowserKeys keys)
    {
        var made = BrowserKeys.Make(vaultbox.Id, vaultbox.Address, Now);
        var mail = made.Items()[0];
        return mail with { Binding = keys.Bind("mail", Convert.ToHexStringLower(SHA256.HashData(made.Certificate.RawData))), FriendlyName = "Laptop" };
    }

    private Task<VaultResult<CertificateView>> AddAsync(VaultboxView vaultbox, BrowserKey key, VaultActor? actor = null) =>
        Vault.Get<AddMailKey>().HandleAsync(new(actor ?? Owner, vaultbox.Id, key), Cancel);
}
