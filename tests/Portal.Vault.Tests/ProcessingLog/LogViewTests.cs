using Portal.Vault.ProcessingLog;

namespace Portal.Vault.Tests.ProcessingLog;

public sealed class LogViewTests(VaultFixture vault) : LogTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Save_ThenRenameAndDelete_AreSeenByTheirOwnerAlone()
    {
        var saved = (await SaveAsync(Vault.Admin, " Held up ", "?outcome=deferred")).Value!;

        var strangers = Vault.Admin with { UserId = Guid.CreateVersion7() };
        Assert.Equal(new LogViewItem(saved.Id, "Held up", "outcome=deferred"), Assert.Single(await ListAsync(Vault.Admin)));
        Assert.Empty(await ListAsync(strangers));
        Assert.Equal("not_found", (await Vault.Get<RenameLogView>().HandleAsync(new(strangers, saved.Id, "Mine"), Cancel)).Problem?.Code);
        Assert.Equal("not_found", (await Vault.Get<DeleteLogView>().HandleAsync(new(strangers, saved.Id), Cancel)).Problem?.Code);

        Assert.Equal("Later", (await Vault.Get<RenameLogView>().HandleAsync(new(Vault.Admin, saved.Id, "Later"), Cancel)).Value!.Name);
        Assert.Equal("Later", (await Vault.Get<DeleteLogView>().HandleAsync(new(Vault.Admin, saved.Id), Cancel)).Value!.Name);
        Assert.Empty(await ListAsync(Vault.Admin));
    }

    [Theory]
    [InlineData(" ", "q=a", "name_malformed")]
    [InlineData("\u0001", "q=a", "name_malformed")]
    [InlineData("View", "q=\u0001", "view_malformed")]
    public async Task Save_Malformed_IsRefused(string name, string query, string code) =>
        Assert.Equal(code, (await SaveAsync(Vault.Admin, name, query)).Problem?.Code);

    [Fact]
    public async Task Save_OneMoreThanMost_IsRefused()
    {
        var admin = Vault.Admin with { UserId = Guid.CreateVersion7() };
        for (var n = 0; n < SaveLogView.Most; n++)
            Assert.True((await SaveAsync(admin, $"View {n}", "")).Succeeded);

        Assert.Equal("too_many_views", (await SaveAsync(admin, "One more", "")).Problem?.Code);
    }

    private Task<VaultResult<LogViewItem>> SaveAsync(VaultActor actor, string name, string query) => Vault.Get<SaveLogView>().HandleAsync(new(actor, name, query), Cancel);

    private async Task<IReadOnlyList<LogViewItem>> ListAsync(VaultActor actor) => (await Vault.Get<ListLogViews>().HandleAsync(new(actor), Cancel)).Value!;
}
