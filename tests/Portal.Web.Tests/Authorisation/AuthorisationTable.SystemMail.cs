using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Deletion;
using Portal.Platform.Accounts.Export;
using Portal.Platform.Accounts.Tokens;
using Portal.Platform.SystemMail;
using Portal.Vault.Export;
using Portal.Vault.Purge;
using Portal.Web.Provisioning;
using static Portal.Web.Tests.Authorisation.Row;
using static Portal.Web.Tests.Authorisation.Rule;

namespace Portal.Web.Tests.Authorisation;

internal static partial class AuthorisationTable
{
    private static IEnumerable<Row> SystemMailUseCases() =>
    [
        Of(Admin, (ListSystemMail u, Asker a) => u.HandleAsync(a.Actor, new ListSystemMailRequest(), a.Cancel)),
        Of(Admin, (CountSystemMail u, Asker a) => u.HandleAsync(a.Actor, a.Cancel)),
        Of(Admin.WithStepUp(), (ReadSystemMail u, Asker a, Guid id) => u.HandleAsync(a.Actor, id, a.Cancel), OfHeldMessage),
        Of(Admin, (RetrySystemMail u, Asker a, Guid id) => u.HandleAsync(a.Actor, id, a.Cancel), OfHeldMessage),
        Of(Admin, (ReleaseSystemMail u, Asker a) => u.HandleAsync(a.Actor, a.Cancel)),
        Of(Admin, (PurgeSystemMail u, Asker a) => u.HandleAsync(a.Actor, a.Cancel)),
        Inside<ClaimSystemMail>("The delivery service takes what is due, as the operator; refuses whoever may not administer."),
        Inside<SettleSystemMail>("The delivery service notes how a try ended, as the operator; refuses whoever may not administer."),
        Inside<WatchSystemMail>("The delivery service waits for work; runs until it is stopped and tells nothing."),
    ];

    private static IEnumerable<Row> DataUseCases() =>
    [
        Of(Self, (ExportAccount u, Asker a) => u.HandleAsync(a.Actor, a.Cancel)),
        Of(Self.WithStepUp(), (RequestDeletion u, Asker a) => u.HandleAsync(a.Actor, a.Cancel), "last_admin"),
        Of(Self, (CancelDeletion u, Asker a) => u.HandleAsync(a.Actor, a.Cancel), "deletion_not_pending"),
        Of(Admin, (ClaimDueDeletions u, Asker a) => u.HandleAsync(a.Actor, 1, a.Cancel)),
        Of(Self, (ExportData u, Asker a) => u.HandleAsync(a.Actor, a.Cancel)),
        Of(Self, (ExportVault u, Asker a) => u.HandleAsync(new ExportVaultRequest(a.Vault), a.Cancel)),
        Inside<PurgeUser>("The purge destroys what is left in the vault of an account that the platform closed."),
        Inside<PurgeAccount>("The purge destroys what the claim closed, as the operator; refuses whoever may not administer."),
    ];

    private static IEnumerable<Row> TokenUseCases() =>
    [
        Of(Self, (ListTokens u, Asker a) => u.HandleAsync(a.Actor, a.Cancel)),
        Of(Self.WithStepUp(), (CreateToken u, Asker a) => u.HandleAsync(a.Actor, new CreateTokenRequest("script", ["messages:read"], 30), a.Cancel)),
        Of(Own, (RevokeToken u, Asker a, Guid id) => u.HandleAsync(a.Actor, id, a.Cancel), OfToken),
    ];

    private static IEnumerable<Row> DataEndpoints() =>
    [
        At("GET /api/v1/me/export", Self),
        At("GET /api/v1/tokens", Self),
        At("POST /api/v1/tokens", Self.WithStepUp(), body: _ => new { name = "script", scopes = new[] { "messages:read" }, expiresInDays = 30 }),
        At("DELETE /api/v1/tokens/{id:guid}", Own, OfToken),
    ];

    private static IEnumerable<Row> DataPages() =>
    [
        Page("/account/tokens", Self),
        Page("/account/data", Self),
        Page("/admin/system-mail", Admin),
    ];

    /// <summary>A token of the owner's that is not the one by which anybody asks.</summary>
    private static async Task<Guid> OfToken(Asker asker)
    {
        var owner = Actor.Person(asker.Owner.Id, asker.Owner.Role, asker.Owner.SessionId, DateTimeOffset.MaxValue);
        var made = await asker.Get<CreateToken>().HandleAsync(owner, new CreateTokenRequest("mine", ["messages:read"], null), asker.Cancel);
        return asker.Id(made.Value!.Id);
    }

    private static async Task<Guid> OfHeldMessage(Asker asker)
    {
        await using var context = await asker.World.PlatformContextAsync();
        asker.Get<SystemMailQueue>().Add(context, AccountMails.DeletionCancelled(asker.Owner.Email));
        var message = context.ChangeTracker.Entries<SystemMessage>().Single().Entity;
        message.State = SystemMessageState.Held;
        await context.SaveChangesAsync(asker.Cancel);
        return asker.Id(message.Id);
    }
}
