using System.Security.Cryptography;
using Npgsql;
using Portal.Vault.Certificates;

namespace Portal.Vault.Tests.Certificates;

public sealed class StoreKeysTests(VaultFixture vault) : IClassFixture<VaultFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly VaultActor _owner = VaultActor.Session(Guid.CreateVersion7(), isAdmin: false, freshUntil: DateTimeOffset.MaxValue);

    [Fact]
    public async Task Handle_KeysOfABrowser_AreStoredWithTheWrap()
    {
        var (vaultbox, _) = await vault.NewKeyedVaultboxAsync(_owner);

        var rows = await vault.Get<ListCertificates>().HandleAsync(new(_owner, vaultbox.Id), Cancel);
        var wraps = await vault.Get<GetVaultKeyWraps>().HandleAsync(new(_owner), Cancel);

        Assert.Equal(6, rows.Value!.Count);
        Assert.All(rows.Value.Where(r => r.CertificateType == "private"), r => Assert.StartsWith("-----BEGIN ENCRYPTED VAULTBOX KEY-----", r.Pem, StringComparison.Ordinal));
        Assert.Equal("passphrase", Assert.Single(wraps.Value!).Method);
    }

    [Fact]
    public async Task Handle_FirstKeysWithARecoveryKit_StoreBothWraps()
    {
        var vaultbox = await vault.NewVaultboxAsync(owner: _owner);
        var keys = BrowserKeys.Make(vaultbox.Id, vaultbox.Address, vault.Time.GetUtcNow());

        var stored = await vault.Get<StoreKeys>().HandleAsync(keys.Request(_owner) with { RecoveryKitWrap = BrowserKeys.KitWrap() }, Cancel);
        var wraps = await vault.Get<GetVaultKeyWraps>().HandleAsync(new(_owner), Cancel);

        Assert.True(stored.Succeeded, stored.Problem?.Detail);
        Assert.Equal(["passphrase", "recovery_kit"], wraps.Value!.Select(w => w.Method));
    }

    [Fact]
    public async Task Handle_AnotherActOnTheVaultbox_IsWaitedFor()
    {
        var vaultbox = await vault.NewVaultboxAsync(owner: _owner);
        var keys = BrowserKeys.Make(vaultbox.Id, vaultbox.Address, vault.Time.GetUtcNow());
        await using var deleting = new NpgsqlConnection(vault.Database.Service);
        await deleting.OpenAsync(Cancel);
        await using var transaction = await deleting.BeginTransactionAsync(Cancel);
        await using (var delete = new NpgsqlCommand($"UPDATE vaultboxes SET deleted_at = now() WHERE id = '{vaultbox.Id}'", deleting))
            await delete.ExecuteNonQueryAsync(Cancel);

        var storing = vault.Get<StoreKeys>().HandleAsync(keys.Request(_owner), Cancel);
        // Either it waits, as it must, or it is over before the vaultbox is deleted.
        while (!storing.IsCompleted && await vault.CountAsync("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 0)
            Cancel.ThrowIfCancellationRequested();
        await transaction.CommitAsync(Cancel);

        Assert.Equal("not_found", (await storing).Problem?.Code);
        Assert.Equal(0L, await vault.CountAsync($"SELECT count(*) FROM certificates WHERE vaultbox_id = '{vaultbox.Id}'"));
    }

    [Fact]
    public async Task Handle_WrapsUnderEachOthersNames_AreRefused() => await RefusedAsync(
        "wrap_method_unknown", request => request with { VaultKeyWrap = BrowserKeys.KitWrap(), RecoveryKitWrap = BrowserKeys.Wrap() });

    [Fact]
    public async Task Handle_RecoveryKitAlone_IsRefused() => await RefusedAsync(
        "vault_key_missing", request => request with { VaultKeyWrap = null, RecoveryKitWrap = BrowserKeys.KitWrap() });

    [Fact]
    public async Task Handle_RecoveryKitOfAnotherLength_IsRefused() => await RefusedAsync(
        "wrap_malformed", request => request with { RecoveryKitWrap = BrowserKeys.KitWrap() with { Wrapped = new byte[59] } });

    [Fact]
    public async Task Handle_SecondVaultbox_UsesTheAccountsVaultKey()
    {
        await vault.NewKeyedVaultboxAsync(_owner);
        var second = await vault.NewVaultboxAsync(owner: _owner);
        var keys = BrowserKeys.Make(second.Id, second.Address, vault.Time.GetUtcNow());

        var withWrap = await vault.Get<StoreKeys>().HandleAsync(keys.Request(_owner), Cancel);
        var without = await vault.Get<StoreKeys>().HandleAsync(keys.Request(_owner) with { VaultKeyWrap = null }, Cancel);

        Assert.Equal("vault_key_exists", withWrap.Problem?.Code);
        Assert.True(without.Succeeded, without.Problem?.Detail);
    }

    [Fact]
    public async Task Handle_FirstKeysWithoutWrap_AreRefused() =>
        await RefusedAsync("vault_key_missing", request => request with { VaultKeyWrap = null });

    [Theory]
    [InlineData("mail")]
    [InlineData("portal")]
    [InlineData("owner")]
    public async Task Handle_PrivateKeyInClear_IsRefused(string purpose) => await RefusedAsync("private_key_in_clear", request => With(request, purpose, key =>
    {
        using var rsa = RSA.Create(2048);
        return key with { PrivatePem = rsa.ExportPkcs8PrivateKeyPem() + "\n" };
    }));

    [Fact]
    public async Task Handle_PrivateKeyInClearUnderOurLabel_IsRefused() => await RefusedAsync("private_key_in_clear", request => With(request, "mail", key =>
    {
        using var rsa = RSA.Create(2048);
        return key with { PrivatePem = PemEncoding.WriteString("ENCRYPTED VAULTBOX KEY", rsa.ExportPkcs8PrivateKey()) + "\n" };
    }));

    [Fact]
    public async Task Handle_BindingOfAnotherVaultbox_IsRefused() => await RefusedAsync("binding_invalid", request =>
    {
        var other = BrowserKeys.Make(Guid.CreateVersion7(), "x@vault.test", vault.Time.GetUtcNow());
        return With(request, "mail", key => key with { Binding = other.Items()[0].Binding });
    });

    [Theory]
    [InlineData("mail")]
    [InlineData("portal")]
    public async Task Handle_WithoutBinding_IsRefused(string purpose) =>
        await RefusedAsync("binding_invalid", request => With(request, purpose, key => key with { Binding = null }));

    [Fact]
    public async Task Handle_OneKeyMissing_IsRefused() =>
        await RefusedAsync("keys_incomplete", request => request with { Keys = [.. request.Keys.Skip(1)] });

    [Fact]
    public async Task Handle_WithoutAFreshProof_AsksForOne() => await RefusedAsync(
        "step_up_required", request => request with { Actor = request.Actor with { FreshUntil = vault.Time.GetUtcNow() } });

    [Fact]
    public async Task Handle_Twice_IsRefused()
    {
        var (vaultbox, _) = await vault.NewKeyedVaultboxAsync(_owner);
        var again = BrowserKeys.Make(vaultbox.Id, vaultbox.Address, vault.Time.GetUtcNow());

        var result = await vault.Get<StoreKeys>().HandleAsync(again.Request(_owner) with { VaultKeyWrap = null }, Cancel);

        Assert.Equal("keys_exist", result.Problem?.Code);
    }

    [Fact]
    public async Task Table_PrivateKeyInClear_IsRefusedByTheDatabase()
    {
        var vaultbox = await vault.NewVaultboxAsync();
        using var rsa = RSA.Create(2048);
        string[] clear =
        [
            rsa.ExportPkcs8PrivateKeyPem() + "\n",
            PemEncoding.WriteString("ENCRYPTED VAULTBOX KEY", rsa.ExportPkcs8PrivateKey()) + "\n",
            PemEncoding.WriteString("ENCRYPTED VAULTBOX KEY", [.. "VBK1"u8, .. RandomNumberGenerator.GetBytes(100)]) + "\n" + rsa.ExportPkcs8PrivateKeyPem() + "\n",
        ];

        foreach (var pem in clear)
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => InsertAsync(vaultbox.Id, "private", pem));
            Assert.Equal("ck_certificates_private_is_encrypted", refused.ConstraintName);
        }

        var asPublic = await Assert.ThrowsAsync<PostgresException>(() => InsertAsync(vaultbox.Id, "public", clear[0]));
        Assert.Equal("ck_certificates_public_is_public", asPublic.ConstraintName);
        await InsertAsync(vaultbox.Id, "private", PemEncoding.WriteString("ENCRYPTED VAULTBOX KEY", [.. "VBK1"u8, .. RandomNumberGenerator.GetBytes(100)]) + "\n");
    }

    private async Task InsertAsync(Guid vaultboxId, string type, string pem)
    {
        await using var source = NpgsqlDataSource.Create(vault.Database.Service);
        await using var command = source.CreateCommand(
            """
            INSERT INTO certificates (vaultbox_id, certificate_type, purpose, pem_content, friendly_name, fingerprint_sha256, algorithm)
            VALUES ($1, $2, 'mail', $3, 'x', $4, 'RSA 2048')
            """);
        command.Parameters.Add(new() { Value = vaultboxId });
        command.Parameters.Add(new() { Value = type });
        command.Parameters.Add(new() { Value = pem });
        command.Parameters.Add(new() { Value = RandomNumberGenerator.GetBytes(32) });
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private async Task RefusedAsync(string code, Func<StoreKeysRequest, StoreKeysRequest> change)
    {
        var vaultbox = await vault.NewVaultboxAsync(owner: _owner);
        var keys = BrowserKeys.Make(vaultbox.Id, vaultbox.Address, vault.Time.GetUtcNow());

        var result = await vault.Get<StoreKeys>().HandleAsync(change(keys.Request(_owner)), Cancel);

        Assert.Equal(code, result.Problem?.Code);
        Assert.Equal(0, await vault.CountAsync($"SELECT count(*) FROM certificates WHERE vaultbox_id = '{vaultbox.Id}'"));
    }

    private static StoreKeysRequest With(StoreKeysRequest request, string purpose, Func<BrowserKey, BrowserKey> change) =>
        request with { Keys = [.. request.Keys.Select(k => string.Equals(k.Purpose, purpose, StringComparison.Ordinal) ? change(k) : k)] };
}
