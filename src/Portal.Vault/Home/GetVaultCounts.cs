using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Home;

public sealed record GetVaultCountsRequest(VaultActor Actor);

/// <summary>How much there is in all of the actor's vaultboxes.</summary>
public sealed class GetVaultCounts(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    public async Task<VaultResult<VaultCounts>> HandleAsync(GetVaultCountsRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.VaultboxesRead))
            return request.Actor.Refusal;
        var today = new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var own = context.Vaultboxes.Where(v => v.UserId == request.Actor.UserId && v.DeletedAt == null).Select(v => v.Id);
        var vaultboxes = await own.CountAsync(cancellationToken);
        var mail = await context.Mailboxes.Where(m => own.Contains(m.VaultboxId)).GroupBy(_ => 1)
            .Select(g => new { All = g.Sum(m => m.MessageCount), Octets = g.Sum(m => m.Octets) }).SingleOrDefaultAsync(cancellationToken);
        var ofToday = await context.EncryptedEmails.LongCountAsync(e => own.Contains(e.VaultboxId) && e.ReceivedAt >= today, cancellationToken);
        return new VaultCounts(vaultboxes, ofToday, mail?.All ?? 0, mail?.Octets ?? 0);
    }
}
