using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Audit;

namespace Portal.Platform.Accounts.SecondFactor.Passkeys;

public sealed record RenamePasskeyRequest(Guid PasskeyId, string? Name);

/// <summary>Gives a passkey another name. A name opens nothing, but it decides which one is removed: a fresh proof is asked for.</summary>
public sealed class RenamePasskey(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    /// <returns>The name as it stands now.</returns>
    public async Task<Outcome<string>> HandleAsync(Actor actor, RenamePasskeyRequest request, CancellationToken cancellationToken)
    {
        if (OwnAccount.RefuseChange(actor, time.GetUtcNow()) is { } refusal)
            return refusal;
        var name = PasskeyName.Clean(request.Name);
        if (PasskeyName.Check(name) is { } wrong)
            return wrong;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var mine = context.Passkeys.Where(passkey => passkey.Id == request.PasskeyId && passkey.UserId == actor.UserId);
        var former = await mine.Select(passkey => passkey.Name).SingleOrDefaultAsync(cancellationToken);
        if (former is null || await mine.ExecuteUpdateAsync(passkey => passkey.SetProperty(p => p.Name, name), cancellationToken) == 0)
            return AccountFailures.NotFound;
        context.Audit(
            actor, Acts.PasskeyRenamed, AuditTarget.Of(AuditTarget.PasskeyKind, request.PasskeyId, actor.UserId), time.GetUtcNow(),
            new AuditDetail().Personal("name", former, name));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return name;
    }
}
