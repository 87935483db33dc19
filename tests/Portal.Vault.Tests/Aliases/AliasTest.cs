using Portal.Vault.Aliases;
using Portal.Vault.Intake;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Tests.Aliases;

/// <summary>A vaultbox with keys of the test's own, and what is done with its addresses.</summary>
public abstract class AliasTest(VaultFixture vault) : IAsyncLifetime
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected VaultFixture Vault { get; } = vault;

    protected VaultActor Owner { get; } = VaultActor.Session(Guid.CreateVersion7(), isAdmin: false, freshUntil: DateTimeOffset.MaxValue);

    protected VaultboxView Box { get; private set; } = null!;

    protected DateTimeOffset Now => Vault.Time.GetUtcNow();

    protected VaultActor Reader => Owner with { Scopes = new HashSet<string>(StringComparer.Ordinal) { VaultScopes.VaultboxesRead } };

    protected VaultActor Writer => Owner with { Scopes = new HashSet<string>(StringComparer.Ordinal) { VaultScopes.VaultboxesWrite } };

    public async ValueTask InitializeAsync() => Box = (await Vault.NewKeyedVaultboxAsync(Owner)).Vaultbox;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected static string NewName() => $"a{Guid.NewGuid():n}";

    protected Task<VaultResult<AliasView>> TryAddAsync(string? local = null, AliasTerms? terms = null, VaultActor? actor = null, Guid? box = null, string domain = "vault.test") =>
        Vault.Get<AddAlias>().HandleAsync(new(actor ?? Owner, box ?? Box.Id, domain, local ?? NewName(), terms ?? new()), Cancel);

    protected async Task<AliasView> AddAsync(string? local = null, AliasTerms? terms = null, string domain = "vault.test")
    {
        var added = await TryAddAsync(local, terms, domain: domain);
        Assert.True(added.Succeeded, added.Problem?.Detail);
        return added.Value;
    }

    protected async Task<AliasView> AddCatchAllAsync(string domain)
    {
        var added = await Vault.Get<AddCatchAll>().HandleAsync(new(Owner, Box.Id, domain, new()), Cancel);
        Assert.True(added.Succeeded, added.Problem?.Detail);
        return added.Value;
    }

    protected Task<VaultResult<ChangedAliases>> TryChangeAsync(string? action, params Guid[] ids) =>
        Vault.Get<ChangeAliases>().HandleAsync(new(Owner, Box.Id, action, ids), Cancel);

    protected async Task<ChangedAliases> ChangeAsync(string action, params Guid[] ids)
    {
        var changed = await TryChangeAsync(action, ids);
        Assert.True(changed.Succeeded, changed.Problem?.Detail);
        return changed.Value;
    }

    /// <summary>As lists tell it.</summary>
    protected async Task<AliasView> ReadAsync(AliasView alias)
    {
        var local = alias.LocalPart;
        foreach (var state in new[] { null, AliasStates.Deleted })
        {
            var page = await Vault.Get<ListAliases>().HandleAsync(new(Owner, Box.Id, local, state), Cancel);
            if (page.Value!.Items.FirstOrDefault(a => a.Id == alias.Id) is { } found)
                return found;
        }

        throw new InvalidOperationException("No list has it.");
    }

    protected async Task<string> StateAsync(AliasView alias) => (await ReadAsync(alias)).State;

    protected Task<RecipientResolution> ResolveAsync(string local, string domain = "vault.test") => Vault.Get<ResolveRecipient>().HandleAsync(local, domain, Cancel);

    protected async Task<DeliveryResult> DeliverAsync(string local, string domain = "vault.test", string? messageId = null)
    {
        var resolution = await ResolveAsync(local, domain);
        Assert.Equal(RecipientStatus.Deliverable, resolution.Status);
        return await Vault.DeliverToAsync(Mail(messageId), [resolution.Recipient!]);
    }

    protected static string Mail(string? messageId = null) =>
        $"From: otto@example.org\r\nTo: x@vault.test\r\nSubject: Test\r\nMessage-ID: {messageId ?? $"<{Guid.NewGuid()}@example.org>"}\r\n\r\nBody\r\n";

    protected Task<long> StoredAsync() => Vault.CountAsync($"SELECT count(*) FROM encrypted_emails WHERE vaultbox_id = '{Box.Id}'");

    protected Task<IReadOnlyList<string>> HeardAsync(Func<Task> act) => Vault.HeardAsync(act);

    /// <summary>Rows as they would be after many acts.</summary>
    protected Task FillAsync(int count, bool deleted = false) => Vault.Database.ExecuteAsync(
        $"""
         INSERT INTO aliases (vaultbox_id, domain, local_part, deleted_at)
         SELECT '{Box.Id}', 'filled.test', 'f' || n || '-{Guid.NewGuid():n}', {(deleted ? "now()" : "NULL")} FROM generate_series(1, {count}) n
         """);
}
