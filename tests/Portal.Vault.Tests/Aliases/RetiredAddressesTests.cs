using Npgsql;
using Portal.Vault.Aliases;
using Portal.Vault.Intake;
using Portal.Vault.Purge;
using Portal.Vault.Tests.Vaultboxes;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Tests.Aliases;

/// <summary>Addresses that somebody had: on a shared domain nobody else gets them, by whatever way.</summary>
public sealed class RetiredAddressesTests(VaultFixture vault) : VaultboxTest(vault), IClassFixture<VaultFixture>
{
    [Theory]
    [InlineData("alias")]
    [InlineData("vaultbox")]
    [InlineData("account")]
    public async Task Address_PurgedOnASharedDomain_IsTakenForEverybodyElse(string what)
    {
        var address = await RetireAsync(what);
        var (stranger, box) = await StrangerAsync();

        Assert.Equal("alias_taken", (await CheckAsync(stranger, address)).Problem?.Code);
        Assert.Equal("alias_taken", (await TryAddAsync(address, actor: stranger, box: box.Id)).Problem?.Code);
        Assert.Equal("alias_taken", (await CreateAsync(stranger, address)).Problem?.Code);
        var pasted = await PasteAsync(stranger, box.Id, address);
        Assert.Equal([("alias_taken", null), (null, "free")], pasted.Items.Select(line => (line.Code, line.Id is null ? null : "free")));
        Assert.Equal(0L, await Vault.CountAsync($"SELECT count(*) FROM aliases WHERE local_part = '{address}'"));
    }

    [Fact]
    public async Task Address_PurgedOnASharedDomain_IsItsFormerOwnersAgain()
    {
        var address = await RetireAsync("vaultbox");

        Assert.True((await CheckAsync(Owner, address)).Succeeded);
        Assert.True((await CreateAsync(Owner, address)).Succeeded);
        Assert.Equal("alias_taken", (await CheckAsync(Owner, address)).Problem?.Code);
    }

    [Fact]
    public async Task Address_OnADomainOfOneAccount_IsFree()
    {
        await Vault.Database.ExecuteAsync("INSERT INTO mail_domains (domain, shared) VALUES ('own.test', false), ('ours.test', true)");
        foreach (var domain in new[] { "own.test", "ours.test" })
        {
            var alias = await AddAsync("passed-on", domain: domain);
            await ChangeAsync(AliasActions.Delete, alias.Id);
        }

        Vault.Time.Advance(PurgeAliases.Kept);
        await Vault.Get<PurgeAliases>().HandleAsync(Cancel);
        var (stranger, box) = await StrangerAsync();

        Assert.True((await TryAddAsync("passed-on", actor: stranger, box: box.Id, domain: "own.test")).Succeeded);
        Assert.Equal("alias_taken", (await TryAddAsync("passed-on", actor: stranger, box: box.Id, domain: "ours.test")).Problem?.Code);
    }

    [Fact]
    public async Task CatchAll_OfAnotherAccount_DoesNotGetItsMail()
    {
        var alias = await AddAsync("caught", domain: "caught.test");
        await ChangeAsync(AliasActions.Delete, alias.Id);
        Vault.Time.Advance(PurgeAliases.Kept);
        await Vault.Get<PurgeAliases>().HandleAsync(Cancel);
        var (stranger, box) = await StrangerAsync();
        Assert.True((await Vault.Get<AddCatchAll>().HandleAsync(new(stranger, box.Id, "caught.test", new()), Cancel)).Succeeded);

        Assert.Equal(RecipientStatus.NoCertificate, (await ResolveAsync("else", "caught.test")).Status);
        foreach (var written in new[] { "caught", "caught+tag" })
            Assert.Equal((RecipientStatus.Unknown, true), await ResolveAsync(written, "caught.test") is var found ? (found.Status, found.DomainIsLocal) : default);
        await Vault.Database.ExecuteAsync("INSERT INTO mail_domains (domain, shared) VALUES ('caught.test', false)");
        Assert.Equal(RecipientStatus.NoCertificate, (await ResolveAsync("caught", "caught.test")).Status);
    }

    [Fact]
    public async Task CatchAll_Purged_KeepsNothing()
    {
        var catchAll = await AddCatchAllAsync("nothing.test");
        await ChangeAsync(AliasActions.Delete, catchAll.Id);
        Vault.Time.Advance(PurgeAliases.Kept);

        await Vault.Get<PurgeAliases>().HandleAsync(Cancel);

        Assert.Equal(0L, await Vault.CountAsync("SELECT count(*) FROM retired_addresses WHERE domain = 'nothing.test'"));
        var (stranger, box) = await StrangerAsync();
        Assert.True((await Vault.Get<AddCatchAll>().HandleAsync(new(stranger, box.Id, "nothing.test", new()), Cancel)).Succeeded);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Address_TakenWhileItIsPurged_IsKeptAllTheSame(bool byVaultbox)
    {
        var alias = await AddAsync();
        var (stranger, box) = await StrangerAsync();
        await using var purging = new NpgsqlConnection(Vault.Database.Service);
        await purging.OpenAsync(Cancel);
        await using var transaction = await purging.BeginTransactionAsync(Cancel);
        await using (var purge = new NpgsqlCommand(
            $"""
             INSERT INTO retired_addresses (domain, local_part, user_id, retired_at) VALUES ('vault.test', '{alias.LocalPart}', '{Owner.UserId}', now());
             DELETE FROM aliases WHERE id = '{alias.Id}'
             """, purging))
            await purge.ExecuteNonQueryAsync(Cancel);

        var taking = byVaultbox ? CodeOfAsync(CreateAsync(stranger, alias.LocalPart)) : CodeOfAsync(TryAddAsync(alias.LocalPart, actor: stranger, box: box.Id));
        while (!taking.IsCompleted && await Vault.CountAsync("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 0)
            Cancel.ThrowIfCancellationRequested();
        await transaction.CommitAsync(Cancel);

        Assert.Equal("alias_taken", await taking);
        Assert.Equal(0L, await Vault.CountAsync($"SELECT count(*) FROM aliases WHERE local_part = '{alias.LocalPart}'"));
    }

    private static async Task<string?> CodeOfAsync<T>(Task<VaultResult<T>> act)
        where T : notnull => (await act).Problem?.Code;

    /// <returns>The local part of what is gone.</returns>
    private async Task<string> RetireAsync(string what)
    {
        if (what == "account")
        {
            await Vault.Get<PurgeUser>().HandleAsync(Owner.UserId, Cancel);
            return Box.Alias;
        }

        var alias = await AddAsync();
        if (what == "alias")
            await ChangeAsync(AliasActions.Delete, alias.Id);
        else
            await DeleteAsync();
        Vault.Time.Advance(TimeSpan.FromDays(30));
        if (what == "alias")
            await Vault.Get<PurgeAliases>().HandleAsync(Cancel);
        else
            await Vault.Get<PurgeVaultboxes>().HandleAsync(Cancel);
        return alias.LocalPart;
    }

    private async Task<(VaultActor Stranger, VaultboxView Box)> StrangerAsync()
    {
        var stranger = VaultActor.Session(Guid.CreateVersion7(), isAdmin: false, freshUntil: DateTimeOffset.MaxValue);
        return (stranger, await Vault.NewVaultboxAsync(owner: stranger));
    }

    private Task<VaultResult<string>> CheckAsync(VaultActor actor, string address) => Vault.Get<CheckAlias>().HandleAsync(new(actor, "vault.test", address), Cancel);

    private Task<VaultResult<VaultboxView>> CreateAsync(VaultActor actor, string address) => Vault.Get<CreateVaultbox>().HandleAsync(new(actor, "vault.test", "", address), Cancel);

    private async Task<AddedAliases> PasteAsync(VaultActor actor, Guid box, string address) => (await Vault.Get<AddAliases>().HandleAsync(
        new(actor, box, AliasLine.Read([address, NewName()]), "vault.test", new Dictionary<string, string>(StringComparer.Ordinal), new()), Cancel)).Value!;
}
