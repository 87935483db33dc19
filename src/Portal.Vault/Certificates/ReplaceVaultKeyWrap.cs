using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Vault.Notices;

namespace Portal.Vault.Certificates;

/// <param name="Replaces">When the wrap of that method was made that this one takes the place of; null: there is none yet.</param>
public sealed record ReplaceVaultKeyWrapRequest(VaultActor Actor, NewVaultKeyWrap Wrap, DateTimeOffset? Replaces);

/// <summary>
/// A new passphrase or a new recovery kit: the same vault key, wrapped anew in the browser. The old wrap of that method is gone, the
/// others stay, so an account never loses its last one here. The owner is told.
/// </summary>
public sealed class ReplaceVaultKeyWrap(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    private static VaultProblem SessionRequired { get; } = new(
        VaultProblemKind.Forbidden, "session_required", "A way to unlock is changed in a browser, by whoever is signed in there. No token may.");

    public async Task<VaultResult<VaultKeyWrapView>> HandleAsync(ReplaceVaultKeyWrapRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.KeysWrite))
            return request.Actor.Refusal;
        var now = time.GetUtcNow();
        if (!request.Actor.IsFresh(now))
            return VaultProblem.StepUpRequired;
        if (VaultKeyWrapCheck.Of(request.Wrap) is { } problem)
            return problem;
        // Nobody but a browser can try a wrap before the old one is gone; a token that leaked could lock its owner out for good.
        if (request.Actor.FreshUntil is null)
            return SessionRequired;

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // All of the account's: changes of one account go one after another, also where a method has no row to lock yet. Read only then:
        // whoever waited for a lock would not see the row that was added meanwhile.
        await context.Database.ExecuteSqlAsync($"SELECT FROM vault_key_wraps WHERE user_id = {request.Actor.UserId} FOR UPDATE", cancellationToken);
        var held = await context.VaultKeyWraps.AsTracking().Where(wrap => wrap.UserId == request.Actor.UserId).ToListAsync(cancellationToken);
        if (held.Count == 0)
            return VaultProblem.Conflict("vault_key_missing", "This account has no vault key yet. It is made with the keys of the first vaultbox.");
        var old = held.Find(wrap => string.Equals(wrap.Method, request.Wrap.Method, StringComparison.Ordinal));
        if (old?.CreatedAt != request.Replaces)
            return VaultProblem.Conflict("wrap_changed", "This way to unlock was changed in another browser. Reload the page and try again.");

        var wrap = Put(context, request, old, now);
        var isKit = string.Equals(wrap.Method, UnlockMethods.RecoveryKit, StringComparison.Ordinal);
        context.Notify(
            request.Actor.UserId, null, isKit ? NoticeKinds.RecoveryKitMade : NoticeKinds.PassphraseChanged, new Dictionary<string, string>(StringComparer.Ordinal), now, wantsMail: true);
        context.Audit(request.Actor.By, Acts.UnlockChanged, AuditTarget.Account(request.Actor.UserId), now, new AuditDetail().Fact("method", wrap.Method));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return VaultKeyWrapView.Of(wrap);
    }

    private static VaultKeyWrap Put(VaultContext context, ReplaceVaultKeyWrapRequest request, VaultKeyWrap? old, DateTimeOffset now)
    {
        if (old is null)
        {
            var added = request.Wrap.Row(request.Actor.UserId, now);
            context.Add(added);
            return added;
        }

        (old.Kdf, old.Wrapped, old.CreatedAt) = (request.Wrap.Kdf.GetRawText(), request.Wrap.Wrapped, now);
        return old;
    }
}
