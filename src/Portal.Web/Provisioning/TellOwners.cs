using System.Globalization;
using Portal.Platform;
using Portal.Platform.Accounts;
using Portal.Platform.SystemMail;
using Portal.Vault.Notices;

namespace Portal.Web.Provisioning;

/// <summary>
/// Writes to owners, across the two databases, what became of their keys and vaultboxes: the vault says what, the platform knows the address.
/// A message carries its notice's id, so that one which is handed over twice is written once. A suspended owner is written to when the
/// account is active again.
/// </summary>
public sealed class TellOwners(PassOnNotices passOn, TellOwner tell, ILogger<TellOwners> logger)
{
    internal const int Batch = 50;

    private static readonly Dictionary<string, OwnerNews> News = new(StringComparer.Ordinal)
    {
        [NoticeKinds.KeyAdded] = OwnerNews.KeyAdded,
        [NoticeKinds.KeyRetired] = OwnerNews.KeyRetired,
        [NoticeKinds.KeyResumed] = OwnerNews.KeyResumed,
        [NoticeKinds.KeyDeleted] = OwnerNews.KeyDeleted,
        [NoticeKinds.KeyExpiring] = OwnerNews.KeyExpiring,
        [NoticeKinds.KeyForeign] = OwnerNews.KeyForeign,
        [NoticeKinds.PassphraseChanged] = OwnerNews.PassphraseChanged,
        [NoticeKinds.RecoveryKitMade] = OwnerNews.RecoveryKitMade,
        [NoticeKinds.VaultboxDeleted] = OwnerNews.VaultboxDeleted,
        [NoticeKinds.VaultboxRestored] = OwnerNews.VaultboxRestored,
        [NoticeKinds.VaultboxPurged] = OwnerNews.VaultboxPurged,
        [NoticeKinds.AliasEnding] = OwnerNews.AliasEnding,
    };

    /// <returns>How many notices were dealt with; <see cref="Batch"/>: there may be more.</returns>
    public Task<int> RunAsync(CancellationToken cancellationToken) => passOn.HandleAsync(Batch, TakeAsync, cancellationToken);

    private async Task<NoticeTaking> TakeAsync(NoticeToMail notice, CancellationToken cancellationToken)
    {
        try
        {
            return await TellAsync(notice, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException && !PlatformDatabase.IsUnavailable(fault))
        {
            // Whatever is wrong with this one, those behind it are not.
            logger.NoticeNotWritten(notice.Id, notice.Kind, fault);
            return NoticeTaking.Failed;
        }
    }

    private async Task<NoticeTaking> TellAsync(NoticeToMail notice, CancellationToken cancellationToken)
    {
        if (!News.TryGetValue(notice.Kind, out var news))
        {
            logger.NoticeUnknown(notice.Id, notice.Kind);
            return NoticeTaking.Done;
        }

        var result = await tell.HandleAsync(
            Actor.Operator,
            new TellOwnerRequest(notice.Id, notice.UserId, news, DetailOf(notice.Detail), notice.OccurredAt, PageOf(news, notice.VaultboxId)),
            cancellationToken);
        if (result.Succeeded)
            return NoticeTaking.Done;
        if (result.Failure == TellOwner.Suspended)
            return NoticeTaking.Waits;
        logger.OwnerNotTold(notice.Id, result.Failure.Code);
        return NoticeTaking.Done;
    }

    private static string PageOf(OwnerNews news, Guid? vaultboxId) => (news, vaultboxId) switch
    {
        (OwnerNews.PassphraseChanged or OwnerNews.RecoveryKitMade, _) => "/account/security",
        (OwnerNews.VaultboxDeleted or OwnerNews.VaultboxRestored or OwnerNews.VaultboxPurged, _) or (_, null) => "/vaultboxes",
        (OwnerNews.AliasEnding, { } id) => $"/vaultboxes/{id}/aliases",
        (_, { } id) => $"/vaultboxes/{id}/keys",
    };

    private static OwnerNewsDetail DetailOf(IReadOnlyDictionary<string, string> detail) => new(
        detail.GetValueOrDefault(NoticeDetails.Name),
        detail.GetValueOrDefault(NoticeDetails.Fingerprint),
        detail.GetValueOrDefault(NoticeDetails.Address),
        long.TryParse(detail.GetValueOrDefault(NoticeDetails.Count), CultureInfo.InvariantCulture, out var count) ? count : null,
        TimeOf(detail.GetValueOrDefault(NoticeDetails.Until)),
        int.TryParse(detail.GetValueOrDefault(NoticeDetails.Days), CultureInfo.InvariantCulture, out var days) ? days : null,
        TimeOf(detail.GetValueOrDefault(NoticeDetails.SuccessorUntil)));

    private static DateTimeOffset? TimeOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
