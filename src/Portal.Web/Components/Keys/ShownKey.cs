using Portal.Vault.Certificates;

namespace Portal.Web.Components.Keys;

public enum KeyState
{
    InUse,

    /// <summary>In use, and its end is less than <see cref="CertificatePolicy.WarningDays"/> away.</summary>
    ExpiresSoon,

    Expired,
    NotYet,
    Retired,
}

/// <summary>A mail key as the page shows it.</summary>
/// <param name="IsHeldHere">Its locked private part is kept here; else it was uploaded, and the owner has it elsewhere.</param>
/// <param name="Opens">Messages that it opens.</param>
/// <param name="Alone">Messages that only it opens.</param>
public sealed record ShownKey(CertificateView Key, bool IsHeldHere, long Opens, long Alone, KeyState State)
{
    public string Name => Key.FriendlyName;

    /// <summary>New mail is sealed to no other.</summary>
    public bool IsLastInUse { get; private init; }

    private bool TakesMail => State is KeyState.InUse or KeyState.ExpiresSoon;

    /// <summary>Newest first; those that take new mail before those that do not.</summary>
    public static IReadOnlyList<ShownKey> Of(IReadOnlyList<CertificateView> rows, KeyCoverage coverage, DateTimeOffset now)
    {
        var held = rows.Where(r => r.CertificateType == CertificateTypes.Private).Select(r => r.FingerprintSha256).ToHashSet(StringComparer.Ordinal);
        var opens = coverage.Keys.ToDictionary(k => k.CertificateId);
        List<ShownKey> keys =
        [
            .. rows.Where(r => r is { CertificateType: CertificateTypes.Public, Purpose: KeyPurposes.Mail })
                .Select(r => new ShownKey(
                    r, held.Contains(r.FingerprintSha256), opens.GetValueOrDefault(r.Id)?.Messages ?? 0, opens.GetValueOrDefault(r.Id)?.Alone ?? 0, StateOf(r, now)))
                .OrderBy(k => k.State is KeyState.Retired or KeyState.Expired).ThenByDescending(k => k.Key.CreatedAt),
        ];
        var inUse = keys.Count(k => k.TakesMail);
        return [.. keys.Select(k => k with { IsLastInUse = inUse == 1 && k.TakesMail })];
    }

    public static KeyState StateOf(CertificateView key, DateTimeOffset now) => key switch
    {
        { Status: CertificateStatus.Retired } => KeyState.Retired,
        { NotAfter: { } end } when end <= now => KeyState.Expired,
        { NotBefore: { } start } when start > now => KeyState.NotYet,
        { NotAfter: { } end } when end - now < TimeSpan.FromDays(CertificatePolicy.WarningDays[0]) => KeyState.ExpiresSoon,
        _ => KeyState.InUse,
    };
}
