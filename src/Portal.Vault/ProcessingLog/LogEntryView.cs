using System.Linq.Expressions;
using System.Net;

namespace Portal.Vault.ProcessingLog;

/// <summary>A row of the log as pages and the API show it; units as in <see cref="ProcessingLogEntry"/>.</summary>
public sealed record LogEntryView(
    Guid Id,
    DateTimeOffset OccurredAt,
    Guid PassportId,
    Guid? VaultboxId,
    string Stage,
    string Outcome,
    int? SmtpCode,
    string? EnhancedCode,
    string? Reason,
    IPAddress? PeerIp,
    string? PeerName,
    string? Tls,
    string? AuthenticatedAs,
    long? SizeBytes,
    string? Sender,
    string? Recipient,
    IReadOnlyList<string>? CertificateFingerprints,
    string? Cipher,
    double? DurationMs,
    string Instance)
{
    /// <summary>
    /// As the actor may see it. A supporter sees the domains of both sides, and of what came by a password of the owner's neither which
    /// it was nor from where; keys are not named.
    /// </summary>
    internal LogEntryView For(VaultActor actor) => !actor.IsSupport ? this : this with
    {
        Sender = DomainOnly.Of(Sender),
        Recipient = DomainOnly.Of(Recipient),
        Reason = DomainOnly.In(Reason),
        PeerIp = AuthenticatedAs is null ? PeerIp : null,
        PeerName = AuthenticatedAs is null ? PeerName : null,
        AuthenticatedAs = null,
        CertificateFingerprints = null,
    };

    internal static readonly Expression<Func<ProcessingLogEntry, LogEntryView>> FromEntry = l => new LogEntryView(
        l.Id, l.OccurredAt, l.PassportId, l.VaultboxId, l.Stage, l.Outcome, l.SmtpCode, l.EnhancedCode, l.Reason, l.PeerIp, l.PeerName,
        l.Tls, l.AuthenticatedAs, l.SizeBytes, l.Sender, l.Recipient, l.CertificateFingerprints, l.Cipher, l.DurationMs, l.Instance);
}
