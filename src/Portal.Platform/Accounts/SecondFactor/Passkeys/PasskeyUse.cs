using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Accounts.SecondFactor.Passkeys;

/// <summary>
/// Records that a passkey proved its owner. One statement decides: a challenge that is not newer than the last use was answered before,
/// and a counter that stands still or goes back belongs to a copy (WebAuthn section 7.2 step 22; two zeros: it does not count).
/// </summary>
internal static class PasskeyUse
{
    /// <returns>False when the proof was used already; it must not count.</returns>
    public static async Task<bool> RecordAsync(PlatformContext context, ProvenPasskey proof, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var credentialId = proof.Passkey.CredentialId;
        var count = (long)proof.Passkey.SignCount;
        var backedUp = proof.Passkey.IsBackedUp;
        var taken = await context.Passkeys
            .Where(passkey => passkey.UserId == proof.UserId && passkey.CredentialId == credentialId
                && (passkey.LastUsedAt == null || passkey.LastUsedAt < proof.OfferedAt)
                && (passkey.SignCount < count || (passkey.SignCount == 0 && count == 0)))
            .ExecuteUpdateAsync(
                passkey => passkey.SetProperty(p => p.LastUsedAt, now).SetProperty(p => p.SignCount, count).SetProperty(p => p.IsBackedUp, backedUp),
                cancellationToken);
        return taken == 1;
    }
}
