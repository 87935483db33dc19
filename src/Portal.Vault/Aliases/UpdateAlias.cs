using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Vault.Credentials;

namespace Portal.Vault.Aliases;

/// <summary>What is given is changed, also to null; the rest stays.</summary>
public sealed record UpdateAliasRequest(
    VaultActor Actor,
    Guid VaultboxId,
    Guid AliasId,
    Change<string> Label = default,
    Change<string> Note = default,
    Change<DateTimeOffset?> ExpiresAt = default,
    Change<int?> MaxMessages = default,
    Change<int?> MaxIdleDays = default);

/// <summary>Changes what is said of an alias and when it ends. Any change also counts as use: its days of idleness begin anew.</summary>
public sealed class UpdateAlias(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    public async Task<VaultResult<AliasView>> HandleAsync(UpdateAliasRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.VaultboxesWrite))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!await LockedDevice.LockVaultboxAsync(context, request.Actor, request.VaultboxId, cancellationToken))
            return VaultProblem.NotFound("alias");
        var alias = await context.Aliases
            .FromSql($"SELECT * FROM aliases WHERE id = {request.AliasId} AND vaultbox_id = {request.VaultboxId} AND deleted_at IS NULL FOR NO KEY UPDATE")
            .AsTracking().SingleOrDefaultAsync(cancellationToken);
        if (alias is null)
            return VaultProblem.NotFound("alias");
        var now = time.GetUtcNow();
        var former = (alias.Label, alias.Note, alias.ExpiresAt, alias.MaxMessages, alias.MaxIdleDays);
        if (Apply(request, alias, now) is { } problem)
            return problem;
        context.Audit(
            request.Actor.By, Acts.AliasChanged, AuditTarget.Of(AuditTarget.AliasKind, alias.Id, request.Actor.UserId), now,
            new AuditDetail().Fact("expires", former.ExpiresAt, alias.ExpiresAt).Fact("max_messages", former.MaxMessages, alias.MaxMessages)
                .Fact("max_idle_days", former.MaxIdleDays, alias.MaxIdleDays).Personal("label", former.Label, alias.Label).Personal("note", former.Note, alias.Note));
        await context.SaveChangesAsync(cancellationToken);
        var view = await context.ViewAsync(alias.Id, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return view;
    }

    private static VaultProblem? Apply(UpdateAliasRequest request, Alias alias, DateTimeOffset now)
    {
        var read = AliasTerms.Read(new AliasTerms(request.Label.Value, request.Note.Value, request.ExpiresAt.Value, request.MaxMessages.Value, request.MaxIdleDays.Value), now);
        if (!read.Succeeded)
            return read.Problem;
        var terms = read.Value;
        if (alias.IsPrimary && terms.Ends)
            return ChangeAliases.Primary;
        if (terms.MaxMessages <= alias.MessageCount)
        {
            return VaultProblem.Invalid("max_messages_reached", string.Create(
                CultureInfo.InvariantCulture, $"This address has taken {alias.MessageCount} messages already. Choose a higher number, or pause it."));
        }

        alias.Label = request.Label.IsGiven ? terms.Label : alias.Label;
        alias.Note = request.Note.IsGiven ? terms.Note : alias.Note;
        alias.ExpiresAt = request.ExpiresAt.IsGiven ? terms.ExpiresAt : alias.ExpiresAt;
        alias.MaxMessages = request.MaxMessages.IsGiven ? terms.MaxMessages : alias.MaxMessages;
        alias.MaxIdleDays = request.MaxIdleDays.IsGiven ? terms.MaxIdleDays : alias.MaxIdleDays;
        alias.UpdatedAt = now;
        return null;
    }
}
