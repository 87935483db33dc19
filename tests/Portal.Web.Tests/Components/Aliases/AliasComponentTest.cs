using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Domains;
using Portal.Testing;
using Portal.Vault;
using Portal.Vault.Aliases;
using Portal.Vault.Vaultboxes;
using Portal.Web.Components.Aliases;
using Portal.Web.Components.Shared.Toasts;

namespace Portal.Web.Tests.Components.Aliases;

/// <summary>The Aliases tab of a vaultbox, with addresses made by their use cases and a domain to make more in.</summary>
public abstract class AliasComponentTest(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    protected VaultActor Actor => VaultActor.Session(UserId, isAdmin: false, freshUntil: DateTimeOffset.MaxValue);

    protected VaultboxView Box { get; private set; } = null!;

    private protected Toaster Toaster => Services.GetRequiredService<Toaster>();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Box = await MakeVaultboxAsync("mara");
        await Platform.ExecuteAsync($"INSERT INTO users (id, email, role, status) VALUES ('{UserId}', 'mara@people.test', 'user', 'active')");
        await AddDomainAsync("vault.test");
    }

    protected async Task AddDomainAsync(string name)
    {
        var added = await Services.GetRequiredService<AddDomain>()
            .HandleAsync(Portal.Platform.Accounts.Actor.Operator, new AddDomainRequest(name, "mara@people.test", Verified: true, Shared: false), Cancel);
        Assert.True(added.Succeeded, added.Failure?.Detail);
    }

    protected async Task<AliasView> AddAsync(string local, AliasTerms? terms = null)
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        var added = await Services.GetRequiredService<AddAlias>().HandleAsync(new(Actor, Box.Id, "vault.test", local, terms ?? new()), Cancel);
        Assert.True(added.Succeeded, added.Problem?.Detail);
        return added.Value;
    }

    protected async Task<IReadOnlyList<AliasView>> ListAsync(string? state = null, string? search = null) =>
        (await Services.GetRequiredService<ListAliases>().HandleAsync(new(Actor, Box.Id, search, state, Limit: 200), Cancel)).Value!.Items;

    protected IRenderedComponent<VaultboxAliasesPage> Open() => Render<VaultboxAliasesPage>(p => p.Add(v => v.Id, Box.Id));

    protected static AngleSharp.Dom.IElement Button(IRenderedComponent<VaultboxAliasesPage> page, string text) =>
        page.FindAll("button").Single(button => string.Equals(button.TextContent.Trim(), text, StringComparison.Ordinal));

    protected static AngleSharp.Dom.IElement RowOf(IRenderedComponent<VaultboxAliasesPage> page, string address) =>
        page.FindAll("tbody tr").Single(row => row.QuerySelector("th .vb-mono")!.TextContent == address);

    protected static Task ClickAsync(IRenderedComponent<VaultboxAliasesPage> page, string address, string text) =>
        RowOf(page, address).QuerySelectorAll("button").Single(button => button.TextContent.Trim() == text).ClickAsync(new());

    /// <summary>What the last toast offers.</summary>
    protected Task UndoAsync() => Renderer.Dispatcher.InvokeAsync(() => Toaster.Shown[^1].Act!());
}
