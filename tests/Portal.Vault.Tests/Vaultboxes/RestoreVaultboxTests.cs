using Portal.Vault.Credentials;
using Portal.Vault.Intake;
using Portal.Vault.Messages;

namespace Portal.Vault.Tests.Vaultboxes;

public sealed class RestoreVaultboxTests(VaultFixture vault) : VaultboxTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_WithinThirtyDays_GivesAllBack()
    {
        await DeliverAsync(Box.Alias);
        Assert.True((await Vault.Get<CreateDevice>().HandleAsync(new(Owner, Box.Id, null, ["smtp"]), Cancel)).Succeeded);
        var before = (await GetAsync()).Value!;
        await DeleteAsync();
        Vault.Time.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));

        VaultResult<Portal.Vault.Vaultboxes.VaultboxView> restored = default;
        var heard = await HeardAsync(async () => restored = await TryRestoreAsync(Stale));

        Assert.Equal([$"vaultbox:{Box.Id}"], heard);
        Assert.Equal(before with { MessagesLastDay = 0 }, restored.Value);
        Assert.Equal(RecipientStatus.Deliverable, (await ResolveAsync(Box.Alias)).Status);
        Assert.Single((await Vault.Get<ListMessages>().HandleAsync(new(Owner, Box.Id), Cancel)).Value!.Items);
        var notice = await NoticeAsync("vaultbox_restored");
        Assert.Equal(("1", false), (notice.GetProperty("count").GetString(), notice.GetProperty("mail").GetBoolean()));
    }

    [Fact]
    public async Task Handle_AfterThirtyDays_IsTooLate()
    {
        await DeleteAsync();
        Vault.Time.Advance(TimeSpan.FromDays(30));

        Assert.Equal("not_found", (await TryRestoreAsync()).Problem?.Code);
    }

    [Fact]
    public async Task Handle_NotDeletedOthersAndWithoutScope_AreRefused()
    {
        Assert.Equal("not_found", (await TryRestoreAsync()).Problem?.Code);
        await DeleteAsync();
        Assert.Equal("not_found", (await TryRestoreAsync(Vault.Stranger)).Problem?.Code);
        Assert.Equal("scope_missing", (await TryRestoreAsync(Reader)).Problem?.Code);
        Assert.Equal(0L, await NoticesAsync("vaultbox_restored"));
    }
}
