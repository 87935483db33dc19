using Portal.Vault;
using Portal.Vault.Aliases;
using Portal.Vault.Credentials;
using Portal.Web.Provisioning;
using static Portal.Web.Tests.Authorisation.Row;
using static Portal.Web.Tests.Authorisation.Rule;

namespace Portal.Web.Tests.Authorisation;

internal static partial class AuthorisationTable
{
    private const string Aliases = "/api/v1/vaultboxes/{id:guid}/aliases";

    private static IEnumerable<Row> AliasUseCases() =>
    [
        OfAliasBy((FindAliasDomain u, Asker a, Guid box, Guid _) => u.HandleAsync(new FindAliasDomainRequest(a.Vault, box), a.Cancel)),
        OfAliasBy((AddAlias u, Asker a, Guid box, Guid _) => u.HandleAsync(new AddAliasRequest(a.Vault, box, "shared.test", NewName(), new()), a.Cancel)),
        OfAliasBy((AddAliases u, Asker a, Guid box, Guid _) => u.HandleAsync(
            new AddAliasesRequest(a.Vault, box, AliasLine.Read([NewName()]), "shared.test", new Dictionary<string, string>(StringComparer.Ordinal), new()), a.Cancel)),
        OfAliasBy((AddRandomAlias u, Asker a, Guid box, Guid _) => u.HandleAsync(new AddRandomAliasRequest(a.Vault, box, "shared.test", null, new()), a.Cancel)),
        OfAliasBy((AddCatchAll u, Asker a, Guid box, Guid _) => u.HandleAsync(new AddCatchAllRequest(a.Vault, box, $"{NewName()}.test", new()), a.Cancel)),
        OfAliasBy((ListAliases u, Asker a, Guid box, Guid _) => u.HandleAsync(new ListAliasesRequest(a.Vault, box), a.Cancel)).Seen(),
        OfAliasBy((CountAliases u, Asker a, Guid box, Guid _) => u.HandleAsync(new CountAliasesRequest(a.Vault, box), a.Cancel)).Seen(),
        OfAliasBy((FindAliasIds u, Asker a, Guid box, Guid _) => u.HandleAsync(new FindAliasIdsRequest(a.Vault, box), a.Cancel)).Seen(),
        OfAliasBy((UpdateAlias u, Asker a, Guid box, Guid id) => u.HandleAsync(new UpdateAliasRequest(a.Vault, box, id, Change<string>.To("x")), a.Cancel)),
        OfAliasBy((ChangeAliases u, Asker a, Guid box, Guid id) => u.HandleAsync(new ChangeAliasesRequest(a.Vault, box, AliasActions.Pause, [id]), a.Cancel)),
        OfAliasBy((ProvisionAlias u, Asker a, Guid box, Guid _) => u.HandleAsync(new ProvisionAliasRequest(a.Actor, box, "shared.test", NewName(), new()), a.Cancel)),
        Inside<PurgeAliases>("The delivery service frees addresses deleted long ago; tells a number alone."),
    ];

    private static IEnumerable<Row> AliasEndpoints() =>
    [
        AtAlias($"GET {Aliases}").Seen(),
        AtAlias($"POST {Aliases}", _ => new { localPart = NewName(), domain = "shared.test" }),
        AtAlias($"POST {Aliases}/many", _ => new { lines = new[] { NewName() }, domain = "shared.test" }),
        AtAlias($"POST {Aliases}/random", _ => new { domain = "shared.test" }),
        AtAlias($"POST {Aliases}/catch-all", _ => new { domain = "shared.test" }, "domain_not_own"),
        AtAlias($"POST {Aliases}/change", id => new { action = "pause", ids = new[] { id } }),
        AtAlias($"PATCH {Aliases}/{{aliasId:guid}}", _ => new { label = "x" }),
    ];

    private static IEnumerable<Row> AliasPages() => [Page("/vaultboxes/{Id:guid}/aliases", Own.ForReader().Seen(), OfVaultbox)];

    private static IEnumerable<Row> AliasEvents() =>
    [
        Event("AliasBrowser", "onclick", $"Opens a dialog, shows more by {nameof(ListAliases)}, or makes an address by {nameof(ProvisionAlias)} alone."),
        Event("AliasRow", "onclick", $"Opens a dialog, or reaches data by {nameof(ChangeAliases)} or {nameof(UpdateAlias)} alone."),
        Event("AliasRow", "onchange", "Selects an address."),
        Event("AliasBulk", "onclick", $"Selects by {nameof(FindAliasIds)}, or changes what is selected by {nameof(ChangeAliases)} alone."),
        Event("AliasBulk", "onchange", "Selects addresses."),
        Event<UpdateAlias>("FreshAlias", "onsubmit"),
        Event("FreshAlias", "onclick", "Closes the card."),
        Event<ProvisionAlias>("AddAliasDialog", "onsubmit"),
        Event<CheckAddress>("AddAliasDialog", "oninput"),
        Event<CheckAddress>("AddAliasDialog", "onchange"),
        Event("AddAliasDialog", "onclick", "Closes the dialog."),
        Event<UpdateAlias>("EditAliasDialog", "onsubmit"),
        Event("EditAliasDialog", "onclick", "Closes the dialog."),
        Event<ProvisionAlias>("CatchAllDialog", "onsubmit"),
        Event("CatchAllDialog", "onclick", "Closes the dialog."),
        Event<ProvisionAlias>("PasteDialog", "onsubmit"),
        Event("PasteDialog", "onclick", "Closes the dialog."),
        Event("CopyNow", "onchange", "Tells whether the browser has copied."),
    ];

    private static string NewName() => $"a{Guid.NewGuid():n}";

    private static Row OfAliasBy<TUseCase, T>(Func<TUseCase, Asker, Guid, Guid, Task<VaultResult<T>>> call)
        where TUseCase : notnull => Of(Own, async (TUseCase u, Asker a) =>
        {
            var (vaultbox, alias) = await OfAlias(a);
            return await call(u, a, vaultbox, alias);
        });

    private static Row AtAlias(string key, Func<Guid, object>? body = null, params string[] passes) => new(
        key,
        Own.With(Caller.Anonymous, Verdict.SignInAsked).Walled(key.Split(' ')[0]),
        async a =>
        {
            var (vaultbox, alias) = await OfAlias(a);
            var (method, route) = (key.Split(' ')[0], key.Split(' ')[1].Replace("{id:guid}", $"{vaultbox}", StringComparison.Ordinal));
            return await a.SendAsync(method, RouteParameter.Fill(route, $"{alias}"), null, body is null ? null : _ => body(alias));
        },
        passes);

    /// <summary>An alias of the owner's that is not the primary one.</summary>
    private static async Task<(Guid Vaultbox, Guid Alias)> OfAlias(Asker asker)
    {
        var (vaultbox, alias) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await asker.World.Vault.ExecuteAsync(
            $"""
             INSERT INTO vaultboxes (id, user_id, domain, name, alias) VALUES ('{vaultbox}', '{asker.Owner.Id}', 'vault.test', 'Box', 'p{alias:n}');
             INSERT INTO aliases (id, vaultbox_id, domain, local_part) VALUES ('{alias}', '{vaultbox}', 'vault.test', 'a{alias:n}')
             """);
        return (asker.Id(vaultbox), asker.Id(alias));
    }
}
