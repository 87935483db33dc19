using Portal.Vault.Home;
using Portal.Vault.ProcessingLog;
using Portal.Vault.Tests.Aliases;

namespace Portal.Vault.Tests.Home;

public sealed class ListRecentActivityTests(VaultFixture vault) : AliasTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_Messages_EachByItsNewestEventAndOwnAlone()
    {
        await DeliverAsync(Box.Alias);
        Vault.Time.Advance(TimeSpan.FromMinutes(1));
        await DeliverAsync(Box.Alias);
        var (theirs, _) = await Vault.NewKeyedVaultboxAsync();
        await Vault.DeliverAsync(Mail(), theirs);

        var entries = (await Vault.Get<ListRecentActivity>().HandleAsync(new(Owner with { IsAdmin = true }), Cancel)).Value!;

        Assert.Equal(2, entries.Count);
        Assert.All(entries, entry => Assert.Equal((LogStages.Stored, (Guid?)Box.Id), (entry.Stage, entry.VaultboxId)));
        Assert.True(entries[0].OccurredAt > entries[1].OccurredAt);
        Assert.Single((await Vault.Get<ListRecentActivity>().HandleAsync(new(Owner, Limit: 1), Cancel)).Value!);
    }

    [Fact]
    public async Task Handle_WithoutScope_IsRefused() =>
        Assert.Equal("scope_missing", (await Vault.Get<ListRecentActivity>().HandleAsync(new(Reader), Cancel)).Problem?.Code);
}
