using Microsoft.EntityFrameworkCore;
using Portal.Audit;

namespace Portal.Vault.Certificates;

/// <param name="Name">1 to 255 characters.</param>
public sealed record RenameCertificateRequest(VaultActor Actor, Guid VaultboxId, Guid CertificateId, string? Name);

/// <summary>Gives a mail key another name. Nothing that is sealed or signed has the name in it.</summary>
public sealed class RenameCertificate(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    public async Task<VaultResult<CertificateView>> HandleAsync(RenameCertificateRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.KeysWrite))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var key = await LockedKey.TakeAsync(context, request.Actor, request.VaultboxId, request.CertificateId, cancellationToken);
        if (key is null)
            return VaultProblem.NotFound("key");
        var name = request.Name?.Trim() ?? string.Empty;
        if (name.Length == 0)
            return VaultProblem.Invalid("name_missing", "A key needs a name, so that you can tell it from the others.");
        if (name.Length > AddCertificate.MaxNameLength)
            return VaultProblem.Invalid("name_too_long", $"A name may have {AddCertificate.MaxNameLength} characters; this has {name.Length}.");
        if (name.Any(char.IsControl))
            return VaultProblem.Invalid("name_malformed", "A name is one line of text.");
        context.AuditKey(request.Actor, Acts.KeyRenamed, key.Row, time.GetUtcNow(), name);
        key.Row.FriendlyName = name;
        return await key.StoredAsync(context, cancellationToken);
    }
}
