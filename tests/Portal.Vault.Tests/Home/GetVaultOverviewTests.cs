using Portal.Vault.Aliases;
using Portal.Vault.Home;
using Portal.Vault.ProcessingLog;
using Portal.Vault.Tests.Aliases;

namespace Portal.Vault.Tests.Home;

public sealed class GetVaultOverviewTests(VaultFixture vault) : AliasTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_NothingToDo_SaysSo()
    {
        var overview = await GetAsync();

        Assert.Equal((0, 0, 0, 0, 0), (overview.NeedKey.Number, overview.Expiring.Number, overview.Filling.Number, overview.EndingAliases.Number, overview.EndingOverlaps.Number));
        Assert.Equal(new SetUpState(Box.Id, HasKeys: true, HasDevice: false, HasMail: false), overview.SetUp);
    }

    [Fact]
    public async Task Handle_NoVaultbox_HasNothingSetUp() =>
        Assert.Equal(new SetUpState(null, false, false, false), (await GetAsync(Vault.Stranger)).SetUp);

    [Fact]
    public async Task Handle_SendersWaitForAKey_AreCountedOnceWithTheFirstsEnd()
    {
        var box = await Vault.NewVaultboxAsync(owner: Owner);
        var first = Now.AddDays(-1);
        foreach (var (sender, at) in new[] { ("a@x.test", first), ("a@x.test", Now), ("b@x.test", Now), ("old@x.test", Now.AddDays(-6)) })
            await LogAsync(box.Id, sender, at);

        var keyless = Assert.Single((await GetAsync()).NeedKey.Items);

        Assert.Equal((box.Id, false, 2), (keyless.Id, keyless.HasKeys, keyless.WaitingSenders));
        Assert.Equal(first.AddDays(5), keyless.WaitingUntil!.Value, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Handle_LastCertificateEndsSoon_IsToldUntilItsGraceIsOver()
    {
        await Vault.Database.ExecuteAsync($"UPDATE certificates SET not_after = '{Now.AddDays(59):O}' WHERE vaultbox_id = '{Box.Id}' AND not_after IS NOT NULL");
        Assert.Equal(Box.Id, Assert.Single((await GetAsync()).Expiring.Items).Id);

        await Vault.Database.ExecuteAsync($"UPDATE certificates SET not_after = '{Now.AddDays(-29):O}' WHERE vaultbox_id = '{Box.Id}' AND not_after IS NOT NULL");
        Assert.Single((await GetAsync()).Expiring.Items);

        await Vault.Database.ExecuteAsync($"UPDATE certificates SET not_after = '{Now.AddDays(-31):O}' WHERE vaultbox_id = '{Box.Id}' AND not_after IS NOT NULL");
        var overview = await GetAsync();
        Assert.Empty(overview.Expiring.Items);
        Assert.True(Assert.Single(overview.NeedKey.Items).HasKeys);
    }

    [Fact]
    public async Task Handle_FourFifthsOfTheStorage_AreTold()
    {
        await DeliverAsync(Box.Alias);
        var stored = await Vault.CountAsync($"SELECT sum(size)::bigint FROM encrypted_emails WHERE vaultbox_id = '{Box.Id}'");
        await LimitAsync(stored * 10 / 8);
        var filling = Assert.Single((await GetAsync()).Filling.Items);
        Assert.Equal((stored, stored * 10 / 8), (filling.StoredBytes, filling.LimitBytes));

        await LimitAsync(stored * 2);
        Assert.Empty((await GetAsync()).Filling.Items);
        Assert.True((await GetAsync()).SetUp.HasMail);
    }

    [Fact]
    public async Task Handle_AliasesThatEndOrAreAlmostUsedUp_AreNamedAndTheirNumberTold()
    {
        var dated = await AddAsync(terms: new(ExpiresAt: Now.AddDays(7)));
        var used = await AddAsync(terms: new(MaxMessages: 10));
        await Vault.Database.ExecuteAsync($"UPDATE aliases SET message_count = 9 WHERE id = '{used.Id}'");
        var paused = await AddAsync(terms: new(ExpiresAt: Now.AddDays(1)));
        await ChangeAsync(AliasActions.Pause, paused.Id);
        await AddAsync(terms: new(ExpiresAt: Now.AddDays(8), MaxMessages: 10));

        var ending = (await GetAsync()).EndingAliases;

        Assert.Equal([dated.Id, used.Id], ending.Items.Select(a => a.Id));
        Assert.Equal((2, null), (ending.Number, ending.Items[1].EndsAt));
        for (var i = 0; i < GetVaultOverview.Most; i++)
            await AddAsync(terms: new(ExpiresAt: Now.AddDays(2)));
        ending = (await GetAsync()).EndingAliases;
        Assert.Equal((7, GetVaultOverview.Most), (ending.Number, ending.Items.Count));
    }

    [Fact]
    public async Task Handle_OverlapEndsWhileSomebodyUsesTheOldPassword_IsTold()
    {
        var (device, former, present) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await Vault.Database.ExecuteAsync(
            $"""
             INSERT INTO devices (id, user_id, vaultbox_id, username, label, password_id, selector, previous_password_id, previous_selector, previous_valid_until)
                 VALUES ('{device}', '{Owner.UserId}', '{Box.Id}', 'encimap-{device:n}', 'Home', '{present}', 'aaaa', '{former}', 'bbbb', '{Now.AddHours(23):O}');
             INSERT INTO device_uses (device_id, password_id, protocol, client_name, network, last_ip, first_at, last_at, uses) VALUES
                 ('{device}', '{former}', 'smtp', 'old', '192.0.2.0/24', '192.0.2.1', '{Now:O}', '{Now:O}', 1),
                 ('{device}', '{former}', 'smtp', 'moved', '192.0.2.0/24', '192.0.2.1', '{Now:O}', '{Now:O}', 1),
                 ('{device}', '{present}', 'smtp', 'moved', '192.0.2.0/24', '192.0.2.1', '{Now:O}', '{Now:O}', 1)
             """);

        var ending = Assert.Single((await GetAsync()).EndingOverlaps.Items);

        Assert.Equal(("Home", 1, (Guid?)Box.Id), (ending.Label, ending.Clients, ending.VaultboxId));
        await Vault.Database.ExecuteAsync($"UPDATE devices SET previous_valid_until = '{Now.AddHours(25):O}' WHERE id = '{device}'");
        Assert.Empty((await GetAsync()).EndingOverlaps.Items);
        Assert.True((await GetAsync()).SetUp.HasDevice);
    }

    [Fact]
    public async Task Handle_WithoutScope_IsRefused() =>
        Assert.Equal("scope_missing", (await Vault.Get<GetVaultOverview>().HandleAsync(new(Reader), Cancel)).Problem?.Code);

    private async Task<VaultOverview> GetAsync(VaultActor? actor = null) =>
        (await Vault.Get<GetVaultOverview>().HandleAsync(new(actor ?? Owner), Cancel)).Value!;

    private Task LimitAsync(long octets) => Vault.Database.ExecuteAsync($$"""UPDATE vaultboxes SET limits = '{"storageBytes": {{octets}}}' WHERE id = '{{Box.Id}}'""");

    private Task LogAsync(Guid vaultboxId, string sender, DateTimeOffset at) => Vault.Database.ExecuteAsync(
        $"""
         INSERT INTO email_processing_logs (id, occurred_at, passport_id, vaultbox_id, user_id, stage, outcome, smtp_code, sender, instance)
         VALUES (gen_random_uuid(), '{at:O}', gen_random_uuid(), '{vaultboxId}', '{Owner.UserId}', '{LogStages.Deferred}', '{LogOutcomes.Deferred}', 451, '{sender}', 'test')
         """);
}
