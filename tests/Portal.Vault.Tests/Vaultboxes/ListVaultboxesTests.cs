using Portal.Vault.Credentials;
using Portal.Vault.ProcessingLog;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Tests.Vaultboxes;

public sealed class ListVaultboxesTests(VaultFixture vault) : VaultboxTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_WorstFirst_OrdersByWhatIsWrongThenByTheLatestMail()
    {
        var broken = await Vault.NewVaultboxAsync(owner: Owner);
        var ending = await KeyedAsync();
        await Vault.Database.ExecuteAsync(
            $"UPDATE certificates SET not_after = '{Now.AddDays(59):o}' WHERE vaultbox_id = '{ending}' AND purpose = 'mail' AND certificate_type = 'public'");
        var (archived, paused, quiet) = (await KeyedAsync("archived"), await KeyedAsync("paused"), await KeyedAsync());
        Vault.Time.Advance(TimeSpan.FromMinutes(1));
        await DeliverAsync(Box.Alias);

        var listed = await AllAsync(2, new(Owner, IsWorstFirst: true));

        Assert.Equal([broken.Id, ending, Box.Id, quiet, paused, archived], listed);
        Assert.Equal([Box.Id, broken.Id, ending, archived, paused, quiet], await AllAsync(4, new(Owner)));
    }

    [Fact]
    public async Task Handle_EachState_ShowsItsOwnAndTheCountsAreTheSame()
    {
        var broken = await Vault.NewVaultboxAsync(owner: Owner);
        var (archived, paused, deleted) = (await KeyedAsync("archived"), await KeyedAsync("paused"), await KeyedAsync());
        await DeleteAsync(deleted);
        await DeliverAsync(Box.Alias);

        Assert.Equal(new HashSet<Guid> { Box.Id, broken.Id }, await IdsAsync(VaultboxStates.Active));
        Assert.Equal(new HashSet<Guid> { broken.Id }, await IdsAsync(VaultboxStates.Attention));
        Assert.Equal(new HashSet<Guid> { archived, paused }, await IdsAsync(VaultboxStates.Resting));
        Assert.Equal(new HashSet<Guid> { deleted }, await IdsAsync(VaultboxStates.Deleted));
        Assert.Equal(4, (await IdsAsync(null)).Count);
        var counts = (await Vault.Get<CountVaultboxes>().HandleAsync(new(Reader), Cancel)).Value!;
        Assert.Equal((4L, 2L, 1L, 2L, 1L), (counts.All, counts.Active, counts.Attention, counts.Resting, counts.Deleted));
        Assert.Equal((await GetAsync()).Value!.StoredBytes, counts.StoredBytes);
        Assert.Equal("state_unknown", (await Vault.Get<ListVaultboxes>().HandleAsync(new(Owner, State: "x"), Cancel)).Problem?.Code);
        Assert.Equal("scope_missing", (await Vault.Get<CountVaultboxes>().HandleAsync(new(Writer), Cancel)).Problem?.Code);
    }

    [Theory]
    [InlineData("HOIR", true)]
    [InlineData("shop-", true)]
    [InlineData("@kept", true)]
    [InlineData("%", false)]
    [InlineData("c_oir", false)]
    [InlineData("\\", false)]
    [InlineData("gone-", false)]
    public async Task Handle_Search_FindsNameAddressAndLiveAliasByTheirLetters(string search, bool finds)
    {
        await Vault.Get<UpdateVaultbox>().HandleAsync(new(Owner, Box.Id, Name: Change<string>.To("Choir")), Cancel);
        await Vault.NewVaultboxAsync(owner: Owner);
        await AddAsync($"shop-{Guid.NewGuid():n}", domain: "kept.test");
        await ChangeAsync("delete", (await AddAsync($"gone-{Guid.NewGuid():n}")).Id);

        var found = (await Vault.Get<ListVaultboxes>().HandleAsync(new(Owner, search), Cancel)).Value!.Items;

        Assert.Equal(finds ? [Box.Id] : [], found.Select(v => v.Id));
        Assert.Equal(finds ? 1L : 0L, (await Vault.Get<CountVaultboxes>().HandleAsync(new(Owner, search), Cancel)).Value!.All);
    }

    [Fact]
    public async Task Handle_Rows_TellMailKeysDevicesAndWhatWaits()
    {
        var used = (await Vault.Get<CreateDevice>().HandleAsync(new(Owner, Box.Id, null, ["smtp"]), Cancel)).Value!.Device.Id;
        Assert.True((await Vault.Get<CreateDevice>().HandleAsync(new(Owner, Box.Id, null, ["smtp"]), Cancel)).Succeeded);
        await Vault.Get<RotateDevice>().HandleAsync(new(Owner, Box.Id, used, 60), Cancel);
        await Vault.Database.ExecuteAsync($"UPDATE devices SET last_used_at = '{Now.AddDays(-6):o}' WHERE id = '{used}'");
        await DeliverAsync(Box.Alias);
        var broken = await Vault.NewVaultboxAsync(owner: Owner);
        await using (await VaultFixture.StartAsync(Vault.Get<ProcessingLogWriter>()))
        {
            foreach (var (sender, code, age) in new[] { ("a@x.test", 451, 4), ("a@x.test", 451, 1), ("b@x.test", 451, 1), ("c@x.test", 451, 6), ("d@x.test", 550, 1) })
                Vault.Get<ProcessingLogWriter>().Write(Deferred(broken.Id, sender, code, Now.AddDays(-age)));
        }

        var rows = (await Vault.Get<ListVaultboxes>().HandleAsync(new(Owner, IsWorstFirst: true), Cancel)).Value!.Items;

        Assert.Equal((broken.Id, 2L), (rows[0].Id, rows[0].Waiting?.Count));
        Assert.Equal(Now.AddDays(1), rows[0].Waiting!.Until, TimeSpan.FromSeconds(1));
        Assert.Equal((1L, 1L, null), (rows[1].MessageCount, rows[1].MessagesLastDay, rows[1].Waiting));
        Assert.Equal((2, 1, 1), (rows[1].Devices.Count, rows[1].Devices.SeenLately, rows[1].Devices.Rotating));
        Assert.Equal((1, rows[1].ExpiresAt), (rows[1].KeyCount, rows[1].NextExpiry?.At));
    }

    private static ProcessingLogEntry Deferred(Guid box, string sender, int code, DateTimeOffset at) => new()
    {
        OccurredAt = at, PassportId = Guid.NewGuid(), VaultboxId = box, Stage = LogStages.Deferred, Outcome = LogOutcomes.Deferred, SmtpCode = code,
        Sender = sender, Recipient = "x@vault.test", Instance = "test",
    };

    private async Task<Guid> KeyedAsync(string? status = null)
    {
        Vault.Time.Advance(TimeSpan.FromSeconds(1));
        var box = await NewKeyedAsync();
        if (status is not null)
            await Vault.Get<UpdateVaultbox>().HandleAsync(new(Owner, box.Id, Status: Change<string>.To(status)), Cancel);
        return box.Id;
    }

    private async Task<HashSet<Guid>> IdsAsync(string? state) => [.. await AllAsync(2, new(Owner, State: state, IsWorstFirst: true))];

    private async Task<List<Guid>> AllAsync(int limit, ListVaultboxesRequest request)
    {
        var seen = new List<Guid>();
        do
        {
            var page = (await Vault.Get<ListVaultboxes>().HandleAsync(request with { Limit = limit }, Cancel)).Value!;
            seen.AddRange(page.Items.Select(v => v.Id));
            request = request with { After = page.Next };
        }
        while (request.After is not null);
        return seen;
    }
}
