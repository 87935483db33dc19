using Portal.Platform.Accounts.Deletion;
using Portal.Platform.Accounts.Export;
using Portal.Platform.SystemMail;
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
        Inside<PurgeAccount>("The purge destroys what the claim closed, as the operator; refuses whoever may not administer."),
    ];

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
