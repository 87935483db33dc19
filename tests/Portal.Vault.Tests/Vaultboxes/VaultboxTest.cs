using System.Text.Json;
using Portal.Vault.Certificates;
using Portal.Vault.Tests.Aliases;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Tests.Vaultboxes;

/// <summary>A vaultbox with keys of the test's own, and what becomes of it.</summary>
public abstract class VaultboxTest(VaultFixture vault) : AliasTest(vault)
{
    /// <summary>Signed in, but the proof of identity is too old.</summary>
    protected VaultActor Stale => Owner with { FreshUntil = Now };

    protected Task<VaultResult<VaultboxView>> GetAsync(Guid? id = null) => Vault.Get<GetVaultbox>().HandleAsync(new(Owner, id ?? Box.Id), Cancel);

    protected Task<VaultResult<DeletedVaultbox>> TryDeleteAsync(VaultActor? actor = null, Guid? id = null) =>
        Vault.Get<DeleteVaultbox>().HandleAsync(new(actor ?? Owner, id ?? Box.Id), Cancel);

    protected async Task<DeletedVaultbox> DeleteAsync(Guid? id = null)
    {
        var deleted = await TryDeleteAsync(id: id);
        Assert.True(deleted.Succeeded, deleted.Problem?.Detail);
        return deleted.Value;
    }

    protected Task<VaultResult<VaultboxView>> TryRestoreAsync(VaultActor? actor = null) => Vault.Get<RestoreVaultbox>().HandleAsync(new(actor ?? Owner, Box.Id), Cancel);

    /// <summary>One more with keys, under the vault key that the account has.</summary>
    protected async Task<VaultboxView> NewKeyedAsync()
    {
        var box = await Vault.NewVaultboxAsync(owner: Owner);
        var keys = BrowserKeys.Make(box.Id, box.Address, Now);
        var stored = await Vault.Get<StoreKeys>().HandleAsync(keys.Request(Owner) with { VaultKeyWrap = null }, Cancel);
        Assert.True(stored.Succeeded, stored.Problem?.Detail);
        return box;
    }

    protected Task<long> NoticesAsync(string kind) =>
        Vault.CountAsync($"SELECT count(*) FROM owner_notices WHERE vaultbox_id = '{Box.Id}' AND kind = '{kind}'");

    protected async Task<JsonElement> NoticeAsync(string kind) => JsonDocument.Parse((await Vault.Database.ScalarAsync<string>(
        $"SELECT (detail || jsonb_build_object('mail', wants_mail))::text FROM owner_notices WHERE vaultbox_id = '{Box.Id}' AND kind = '{kind}'"))!).RootElement;
}
