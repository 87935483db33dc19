using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;

namespace Portal.Vault.Certificates;

/// <param name="Token">From <see cref="StartKeyProof"/>.</param>
/// <param name="Code">From the opened note.</param>
public sealed record FinishKeyProofRequest(VaultActor Actor, Guid VaultboxId, Guid CertificateId, string? Token, string? Code);

/// <summary>Takes the code out of the note: the key works, and its owner still has it.</summary>
public sealed class FinishKeyProof(IDbContextFactory<VaultContext> contexts, IDataProtectionProvider protection, TimeProvider time)
{
    public async Task<VaultResult<CertificateView>> HandleAsync(FinishKeyProofRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.KeysWrite))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var key = await LockedKey.TakeAsync(context, request.Actor, request.VaultboxId, request.CertificateId, cancellationToken);
        if (key is null)
            return VaultProblem.NotFound("key");
        var now = time.GetUtcNow();
        var proof = KeyProof.TryRead(protection, request.Token);
        if (proof is null || (proof.UserId, proof.VaultboxId, proof.CertificateId) != (request.Actor.UserId, request.VaultboxId, request.CertificateId) || proof.ExpiresAt <= now)
            return VaultProblem.Invalid("proof_expired", "This test note is too old, or was made for another key. Start again.");
        if (!IsSame(proof.CodeSha256, KeyProof.Hash(request.Code?.Trim() ?? string.Empty)))
            return VaultProblem.Invalid("proof_wrong", "That is not the code in the test note. Copy the whole line and try again.");
        key.Row.LastProvenAt = now;
        context.AuditKey(request.Actor, Acts.KeyProved, key.Row, now);
        return await key.StoredAsync(context, cancellationToken);
    }

    private static bool IsSame(string expected, string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(given));
}
