using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Notices;

/// <param name="IsAsked">False: an admin looks without asking.</param>
/// <param name="By">Address of who asks or looks.</param>
public sealed record TellOfViewRequest(Guid OwnerId, bool IsAsked, string By, string Reason);

/// <summary>Tells an owner in the portal of a support view. The mail about it is written with the view itself, in the other database.</summary>
public sealed class TellOfView(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    public async Task HandleAsync(TellOfViewRequest request, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Notify(
            request.OwnerId,
            vaultboxId: null,
            request.IsAsked ? NoticeKinds.ViewAsked : NoticeKinds.ViewWithoutAsking,
            new Dictionary<string, string>(StringComparer.Ordinal) { [NoticeDetails.By] = request.By, [NoticeDetails.Reason] = request.Reason },
            time.GetUtcNow(),
            wantsMail: false);
        await context.SaveChangesAsync(cancellationToken);
    }
}
