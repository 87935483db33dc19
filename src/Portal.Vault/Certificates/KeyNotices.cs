using System.Globalization;
using Portal.Audit;
using Portal.Vault.Notices;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Certificates;

/// <summary>Whatever becomes of a mail key, its owner is told, here and by mail, with the fingerprint.</summary>
internal static class KeyNotices
{
    /// <param name="kind">One of <see cref="NoticeKinds"/> that tell of a key.</param>
    /// <param name="more">What this kind says besides name, fingerprint and address.</param>
    public static void NotifyKey(
        this VaultContext context, Vaultbox vaultbox, Certificate key, string kind, DateTimeOffset now, params (string Key, string Value)[] more)
    {
        var detail = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [NoticeDetails.Name] = key.FriendlyName,
            [NoticeDetails.Fingerprint] = Convert.ToHexStringLower(key.FingerprintSha256),
            [NoticeDetails.Address] = vaultbox.Address,
        };
        if (key.NotAfter is { } end)
            detail[NoticeDetails.Until] = end.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        foreach (var (name, value) in more)
            detail[name] = value;
        context.Notify(vaultbox.UserId, vaultbox.Id, kind, detail, now, wantsMail: true);
    }

    /// <param name="name">What it is called from now on; null: as before.</param>
    public static void AuditKey(this VaultContext context, VaultActor actor, string act, Certificate key, DateTimeOffset now, string? name = null) => context.Audit(
        actor.By, act, AuditTarget.Of(AuditTarget.KeyKind, key.Id, actor.UserId), now,
        new AuditDetail().Fact("vaultbox", key.VaultboxId).Fact("fingerprint", Convert.ToHexStringLower(key.FingerprintSha256))
            .Personal("name", name is null ? null : key.FriendlyName, name ?? key.FriendlyName));
}
