using Portal.Vault.Credentials;
using Portal.Vault.Vaultboxes;
using static Portal.Web.Tests.Authorisation.Row;
using static Portal.Web.Tests.Authorisation.Rule;

namespace Portal.Web.Tests.Authorisation;

internal static partial class AuthorisationTable
{
    private const string OneVaultbox = "/api/v1/vaultboxes/{id:guid}";

    private static IEnumerable<Row> VaultboxUseCases() =>
    [
        Of(Self.Seen(), (CountVaultboxes u, Asker a) => u.HandleAsync(new CountVaultboxesRequest(a.Vault), a.Cancel)),
        Of(Own.WithStepUp(), async (UpdateVaultbox u, Asker a) => await u.HandleAsync(
            new UpdateVaultboxRequest(a.Vault, await OfOwnVaultbox(a), HeaderPolicy: Change<string>.To("blind")), a.Cancel)),
        Of(Own.Seen(), async (GetVaultboxContents u, Asker a) => await u.HandleAsync(new GetVaultboxContentsRequest(a.Vault, await OfOwnVaultbox(a)), a.Cancel)),
        Of(Own.WithStepUp(), async (DeleteVaultbox u, Asker a) => await u.HandleAsync(new DeleteVaultboxRequest(a.Vault, await OfOwnVaultbox(a)), a.Cancel)),
        Of(Own, async (RestoreVaultbox u, Asker a) => await u.HandleAsync(new RestoreVaultboxRequest(a.Vault, await OfDeletedVaultbox(a)), a.Cancel)),
        Inside<PurgeVaultboxes>("The delivery service destroys what was deleted long ago; tells numbers alone, and the owner."),
    ];

    private static IEnumerable<Row> VaultboxEndpoints() =>
    [
        At("GET /api/v1/vaultboxes/counts", Self.Seen()),
        At($"PATCH {OneVaultbox}", Own.WithStepUp(), OfOwnVaultbox, _ => new { headerPolicy = "blind" }),
        At($"DELETE {OneVaultbox}", Own.WithStepUp(), OfOwnVaultbox),
        At($"GET {OneVaultbox}/contents", Own.Seen(), OfOwnVaultbox),
        At($"POST {OneVaultbox}/restore", Own, OfDeletedVaultbox, _ => new { }),
    ];

    private static IEnumerable<Row> VaultboxEvents() =>
    [
        Event("VaultboxMenu", "onclick", $"Opens a dialog, or reaches data by {nameof(UpdateVaultbox)} or {nameof(RestoreVaultbox)} alone."),
        Event<DeleteVaultbox>("DeleteVaultboxDialog", "onclick"),
        Event("ChoiceCards", "onchange", "Chooses; nothing is done by it."),
        Event<UpdateVaultbox>("NameCard", "onsubmit"),
        Event<UpdateVaultbox>("HeadersCard", "onsubmit"),
        Event<UpdateVaultbox>("CipherCard", "onsubmit"),
        Event<UpdateVaultbox>("LimitsCard", "onsubmit"),
        Event("LifeCard", "onclick", $"Opens a dialog, or reaches data by {nameof(UpdateVaultbox)} alone."),
    ];

    /// <summary>One of the owner's that nothing else is asked about.</summary>
    private static async Task<Guid> OfOwnVaultbox(Asker asker)
    {
        var id = Guid.CreateVersion7();
        await asker.World.Vault.ExecuteAsync(
            $"INSERT INTO vaultboxes (id, user_id, domain, name, alias) VALUES ('{id}', '{asker.Owner.Id}', 'vault.test', 'Box', 'v{id:n}')");
        return asker.Id(id);
    }

    private static async Task<Guid> OfDeletedVaultbox(Asker asker)
    {
        var id = await OfOwnVaultbox(asker);
        await asker.World.Vault.ExecuteAsync($"UPDATE vaultboxes SET deleted_at = now() WHERE id = '{id}'");
        return id;
    }
}
