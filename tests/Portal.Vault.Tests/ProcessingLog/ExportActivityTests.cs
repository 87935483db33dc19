using Portal.Vault.ProcessingLog;

namespace Portal.Vault.Tests.ProcessingLog;

public sealed class ExportActivityTests(VaultFixture vault) : IClassFixture<VaultFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Handle_OwnVaultbox_GivesAndCountsWhatTheFiltersFindAndNoOthers()
    {
        var (box, _) = await vault.NewKeyedVaultboxAsync(vault.Owner);
        var (other, _) = await vault.NewKeyedVaultboxAsync();
        const string mail = "From: otto@example.org\r\nMessage-ID: <export@example.org>\r\n\r\nBody\r\n";
        await vault.DeliverAsync(mail, box);
        await vault.DeliverAsync(mail, other);

        var all = await ExportAsync(new(vault.Owner, VaultboxId: box.Id));
        var stored = new ListProcessingLogRequest(vault.Owner, Stages: [LogStages.Stored], VaultboxId: box.Id);

        Assert.All(all.Value!, row => Assert.Equal(box.Id, row.VaultboxId));
        Assert.Equal(all.Value!.Count, (await CountAsync(new(vault.Owner, VaultboxId: box.Id))).Value);
        Assert.Equal((1, 1), ((await ExportAsync(stored)).Value!.Count, (await CountAsync(stored)).Value));
    }

    [Fact]
    public async Task Handle_AnotherOwnersVaultbox_IsNotFoundForAnAdminToo()
    {
        var (box, _) = await vault.NewKeyedVaultboxAsync();

        foreach (var actor in new[] { vault.Stranger, vault.Admin })
        {
            Assert.Equal("not_found", (await ExportAsync(new(actor, VaultboxId: box.Id))).Problem?.Code);
            Assert.Equal("not_found", (await CountAsync(new(actor, VaultboxId: box.Id))).Problem?.Code);
            Assert.Equal("not_found", (await ExportAsync(new(actor))).Problem?.Code);
        }
    }

    private Task<VaultResult<IReadOnlyList<LogEntryView>>> ExportAsync(ListProcessingLogRequest filters) => vault.Get<ExportActivity>().HandleAsync(new(filters), Cancel);

    private Task<VaultResult<int>> CountAsync(ListProcessingLogRequest filters) => vault.Get<CountActivity>().HandleAsync(new(filters), Cancel);
}
