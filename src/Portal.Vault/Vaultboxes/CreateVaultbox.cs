using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Audit;
using Portal.Vault.Aliases;
using Portal.Vault.Messages;

namespace Portal.Vault.Vaultboxes;

/// <param name="Domain">Lower-case A-label domain that the caller has found usable by the actor.</param>
/// <param name="Name">What the owner calls it, 1 to 100 characters; empty means the address.</param>
/// <param name="Alias">Local part of the primary address.</param>
public sealed record CreateVaultboxRequest(VaultActor Actor, string Domain, string Name, string Alias);

/// <summary>Makes a vaultbox with its primary alias and its INBOX. It takes mail once it has a key.</summary>
public sealed class CreateVaultbox(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    public const int MaxNameLength = 100;

    public async Task<VaultResult<VaultboxView>> HandleAsync(CreateVaultboxRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.VaultboxesWrite))
            return request.Actor.Refusal;
        var local = LocalPart.Parse(request.Alias);
        if (!local.Succeeded)
            return local.Problem;
        var name = UpdateVaultbox.NameOf(request.Name, $"{local.Value}@{request.Domain}");
        if (!name.Succeeded)
            return name.Problem;

        var now = time.GetUtcNow();
        var vaultbox = new Vaultbox
        {
            UserId = request.Actor.UserId, Domain = request.Domain, Name = name.Value, Alias = local.Value, CreatedAt = now, UpdatedAt = now,
        };
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        context.Add(vaultbox);
        context.Audit(
            request.Actor.By, Acts.VaultboxCreated, AuditTarget.Of(AuditTarget.VaultboxKind, vaultbox.Id, request.Actor.UserId), now,
            new AuditDetail().Personal("address", vaultbox.Address).Personal("name", vaultbox.Name));
        context.Add(new Alias { VaultboxId = vaultbox.Id, Domain = vaultbox.Domain, LocalPart = vaultbox.Alias, IsPrimary = true, CreatedAt = now, UpdatedAt = now });
        context.Add(new Mailbox { VaultboxId = vaultbox.Id, Name = Mailbox.Inbox, UidValidity = now.ToUnixTimeSeconds() });
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { ConstraintName: AliasConfiguration.UniqueAddressIndex })
        {
            return CheckAlias.Taken(local.Value, request.Domain);
        }

        // Asked once the address stands: a purge that frees it at this moment is waited for above, and what it keeps is seen here.
        if (await context.RetiredFrom(vaultbox.UserId).AnyAsync(r => r.Domain == vaultbox.Domain && r.LocalPart == vaultbox.Alias, cancellationToken))
            return CheckAlias.Taken(local.Value, request.Domain);
        await transaction.CommitAsync(cancellationToken);
        return await context.ViewAsync(vaultbox, now, cancellationToken);
    }
}
