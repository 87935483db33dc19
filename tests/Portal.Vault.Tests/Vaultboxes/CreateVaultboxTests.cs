using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Tests.Vaultboxes;

public sealed class CreateVaultboxTests(VaultFixture vault) : IClassFixture<VaultFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Handle_FreeAddress_MakesAVaultboxThatNeedsAKey()
    {
        var result = await vault.Get<CreateVaultbox>().HandleAsync(new(vault.Owner, "vault.test", " Everyday ", "Mara"), Cancel);

        Assert.True(result.Succeeded);
        Assert.Equal(("mara@vault.test", "Everyday", true, 0L), (result.Value.Address, result.Value.Name, result.Value.NeedsKey, result.Value.MessageCount));
    }

    [Fact]
    public async Task Handle_AddressTakenByAnyone_IsRefusedWithTheAddress()
    {
        await vault.NewVaultboxAsync("taken", vault.Stranger);

        var result = await vault.Get<CreateVaultbox>().HandleAsync(new(vault.Owner, "vault.test", "", "TAKEN"), Cancel);

        Assert.Equal(("alias_taken", true), (result.Problem?.Code, result.Problem?.Detail.Contains("taken@vault.test", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Handle_SameAddressAtOnce_MakesOne()
    {
        var attempts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            vault.Get<CreateVaultbox>().HandleAsync(new(vault.Owner, "vault.test", "", "race"), Cancel)));

        Assert.Single(attempts, a => a.Succeeded);
        Assert.All(attempts.Where(a => !a.Succeeded), a => Assert.Equal("alias_taken", a.Problem!.Code));
    }

    [Fact]
    public async Task Handle_TokenWithoutScope_IsForbidden()
    {
        var reader = vault.Owner with { Scopes = new HashSet<string>(StringComparer.Ordinal) { VaultScopes.VaultboxesRead } };

        var result = await vault.Get<CreateVaultbox>().HandleAsync(new(reader, "vault.test", "", "scoped"), Cancel);

        Assert.Equal("scope_missing", result.Problem?.Code);
    }

    [Fact]
    public async Task Get_OthersVaultbox_LooksAbsent()
    {
        var vaultbox = await vault.NewVaultboxAsync();

        var others = await vault.Get<GetVaultbox>().HandleAsync(new(vault.Stranger, vaultbox.Id), Cancel);
        var absent = await vault.Get<GetVaultbox>().HandleAsync(new(vault.Stranger, Guid.NewGuid()), Cancel);

        Assert.Equal(absent.Problem, others.Problem);
        Assert.Equal("not_found", others.Problem?.Code);
    }

    [Fact]
    public async Task List_ManyVaultboxes_PagesThroughEachOnce()
    {
        var owner = VaultActor.Session(Guid.CreateVersion7(), isAdmin: false, freshUntil: DateTimeOffset.MaxValue);
        var made = new HashSet<Guid>();
        for (var i = 0; i < 5; i++)
            made.Add((await vault.NewVaultboxAsync(owner: owner)).Id);

        var seen = new List<Guid>();
        string? after = null;
        do
        {
            var page = await vault.Get<ListVaultboxes>().HandleAsync(new(owner, Limit: 2, After: after), Cancel);
            seen.AddRange(page.Value!.Items.Select(v => v.Id));
            after = page.Value.Next;
        }
        while (after is not null);

        Assert.Equal(5, seen.Count);
        Assert.Equal(made, seen.ToHashSet());
    }

    [Theory]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!")]
    public async Task List_ForeignCursor_IsRefused(string cursor)
    {
        var page = await vault.Get<ListVaultboxes>().HandleAsync(new(vault.Owner, After: cursor), Cancel);

        Assert.Equal("cursor_malformed", page.Problem?.Code);
    }
}
