using Microsoft.Extensions.Options;
using Portal.Platform.Accounts;
using Portal.Platform.SystemMail;
using Portal.Vault.ProcessingLog;

namespace Portal.Web.SystemMail;

/// <summary>
/// Delivers what is due: into a vaultbox of this installation, else by the smart host; with neither the message is held for the admin.
/// </summary>
internal sealed class DeliverSystemMail(
    ClaimSystemMail claim,
    SettleSystemMail settle,
    SystemMailComposer composer,
    LocalVaultboxes vaultboxes,
    SmartHost smartHost,
    IOptions<SystemMailOptions> options,
    TimeProvider time,
    ILogger<DeliverSystemMail> logger)
{
    internal const string NotConfigured = "Nothing is configured to send mail.";

    private const int Batch = 10;

    /// <summary>Longer than a batch can take: ten messages of two minutes each at most.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(25);

    private readonly SystemMailOptions settings = options.Value;

    /// <summary>Goes on until nothing is due.</summary>
    /// <returns>When the next message is due; null: none waits.</returns>
    public async Task<DateTimeOffset?> RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var claimed = await claim.HandleAsync(Actor.Operator, new ClaimSystemMailRequest(Batch, Lease), cancellationToken);
            if (claimed.Value is not { Items.Count: > 0 })
                return claimed.Value?.NextDue;
            foreach (var mail in claimed.Value.Items)
                await TryAsync(mail, cancellationToken);
        }
    }

    private async Task TryAsync(ClaimedSystemMail mail, CancellationToken cancellationToken)
    {
        var verdict = await DeliverAsync(mail, cancellationToken);
        await settle.HandleAsync(Actor.Operator, new SettleSystemMailRequest(mail, verdict), cancellationToken);
        if (verdict.Reason is null)
            logger.Arrived(mail.Id, mail.Kind, verdict.State);
        else
            logger.NotArrived(mail.Id, mail.Kind, verdict.State, mail.Attempt);
    }

    private async Task<SystemMailVerdict> DeliverAsync(ClaimedSystemMail mail, CancellationToken cancellationToken)
    {
        if (mail.Body is null)
            return new SystemMailVerdict(SystemMessageState.Failed, "Its text cannot be read: it was written under other installation keys.");
        using var message = composer.Compose(mail, mail.Body);
        if (await vaultboxes.DeliverAsync(mail.Recipient, message, cancellationToken) is { } local)
            return Judge(local, SystemMessageState.Sealed, mail);
        return smartHost.IsConfigured
            ? Judge(await smartHost.SendAsync(mail.Recipient, message, cancellationToken), SystemMessageState.Sent, mail)
            : new SystemMailVerdict(SystemMessageState.Held, NotConfigured);
    }

    private SystemMailVerdict Judge(DeliveryReport report, SystemMessageState arrived, ClaimedSystemMail mail)
    {
        var reason = LogText.Cap(report.Reason, 480);
        return report.Result switch
        {
            DeliveryResult.Arrived => new SystemMailVerdict(arrived),
            DeliveryResult.Refused => new SystemMailVerdict(SystemMessageState.Failed, reason),
            _ when mail.Attempt >= settings.MaxAttempts => new SystemMailVerdict(SystemMessageState.Failed, $"Given up after {mail.Attempt} tries. {reason}"),
            _ => new SystemMailVerdict(SystemMessageState.Queued, reason, time.GetUtcNow() + settings.RetryAfter(mail.Attempt)),
        };
    }
}
