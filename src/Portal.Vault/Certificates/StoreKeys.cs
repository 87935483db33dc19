using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Audit;
using Portal.Vault.Credentials;
using Portal.Vault.Notices;

namespace Portal.Vault.Certificates;

/// <summary>A key as the browser made it.</summary>
/// <param name="Purpose">mail, portal or owner.</param>
/// <param name="PublicPem">Certificate (mail) or public key (portal, owner).</param>
/// <param name="PrivatePem">The ENCRYPTED armour; anything else is refused.</param>
/// <param name="Binding">The owner key's signature, 64 bytes; null for the owner key itself.</param>
public sealed record BrowserKey(string? Purpose, string? PublicPem, string? PrivatePem, ReadOnlyMemory<byte>? Binding, string? FriendlyName);

/// <summary>A vault key that the browser wrapped.</summary>
/// <param name="Kdf">JSON object: the parameters, no secret.</param>
/// <param name="Wrapped">60 bytes.</param>
public sealed record NewVaultKeyWrap(string Method, JsonElement Kdf, byte[] Wrapped)
{
    internal VaultKeyWrap Row(Guid userId, DateTimeOffset now) => new()
    {
        UserId = userId, Method = Method, Kdf = Kdf.GetRawText(), Wrapped = Wrapped, CreatedAt = now,
    };
}

/// <param name="VaultKeyWrap">By a passphrase; given exactly when the account has none yet.</param>
/// <param name="RecoveryKitWrap">The same vault key, wrapped by the kit that was made with it.</param>
public sealed record StoreKeysRequest(
    VaultActor Actor, Guid VaultboxId, NewVaultKeyWrap? VaultKeyWrap, IReadOnlyList<BrowserKey> Keys, NewVaultKeyWrap? RecoveryKitWrap = null)
{
    internal IEnumerable<NewVaultKeyWrap> Wraps => new[] { VaultKeyWrap, RecoveryKitWrap }.OfType<NewVaultKeyWrap>();
}

/// <summary>
/// Takes the keys that were made and locked in the browser, all or none: one mail, one portal and one owner key. Every private part
/// must be armour that only the browser can open.
/// </summary>
public sealed class StoreKeys(IDbContextFactory<VaultContext> contexts, InstallationBinding installation, TimeProvider time)
{
    private static readonly string[] Purposes = [KeyPurposes.Mail, KeyPurposes.Portal, KeyPurposes.Owner];

    public async Task<VaultResult<IReadOnlyList<CertificateView>>> HandleAsync(StoreKeysRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.KeysWrite))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await LockedDevice.LockVaultboxAsync(context, request.Actor, request.VaultboxId, cancellationToken);
        var vaultbox = await KeyedVaultbox.FindAsync(context, request.Actor, request.VaultboxId, cancellationToken);
        if (vaultbox is null)
            return VaultProblem.NotFound("vaultbox");
        var now = time.GetUtcNow();
        if (!request.Actor.IsFresh(now))
            return VaultProblem.StepUpRequired;
        if (vaultbox.Full is { } full)
            return full;
        var checkedKeys = BrowserKeyCheck.Check(request, vaultbox, now);
        if (!checkedKeys.Succeeded)
            return checkedKeys.Problem;
        if (await WrapProblemAsync(context, request, cancellationToken) is { } problem)
            return problem;

        var rows = checkedKeys.Value.SelectMany(key => key.Rows(request.VaultboxId, installation, now)).ToList();
        context.AddRange(rows);
        var mailKey = rows.Find(row => row.Purpose == KeyPurposes.Mail)!;
        context.NotifyKey(vaultbox.Vaultbox, mailKey, NoticeKinds.KeyAdded, now);
        context.AuditKey(request.Actor, Acts.KeyAdded, mailKey, now);
        context.AddRange(request.Wraps.Select(wrap => wrap.Row(request.Actor.UserId, now)));

        try
        {
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return VaultProblem.Conflict("keys_exist", "These keys, or another vault key, were stored in the meantime. Reload the page.");
        }

        return rows.ConvertAll(row => CertificateView.FromRow(row));
    }

    private static async Task<VaultProblem?> WrapProblemAsync(VaultContext context, StoreKeysRequest request, CancellationToken cancellationToken)
    {
        var exists = await context.VaultKeyWraps.AnyAsync(w => w.UserId == request.Actor.UserId, cancellationToken);
        return (exists, request) switch
        {
            (true, { VaultKeyWrap: not null } or { RecoveryKitWrap: not null }) =>
                VaultProblem.Conflict("vault_key_exists", "This account already has a vault key. Unlock with its passphrase instead of making another."),
            (true, _) => null,
            (_, { VaultKeyWrap: null }) => VaultProblem.Conflict("vault_key_missing", "This account has no vault key yet. Send it, wrapped by a passphrase, with the first keys."),
            (_, { VaultKeyWrap.Method: not UnlockMethods.Passphrase } or { RecoveryKitWrap: { Method: not UnlockMethods.RecoveryKit } }) => VaultProblem.Invalid(
                "wrap_method_unknown", $"“vaultKeyWrap” is wrapped by “{UnlockMethods.Passphrase}”, “recoveryKitWrap” by “{UnlockMethods.RecoveryKit}”."),
            _ => request.Wraps.Select(VaultKeyWrapCheck.Of).FirstOrDefault(problem => problem is not null),
        };
    }

    internal static bool IsComplete(IEnumerable<string?> purposes) => purposes.Order(StringComparer.Ordinal).SequenceEqual(Purposes.Order(StringComparer.Ordinal), StringComparer.Ordinal);
}
