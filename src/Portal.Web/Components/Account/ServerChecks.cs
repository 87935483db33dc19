using System.Globalization;
using Microsoft.Extensions.Options;
using Portal.Platform.Health;
using Portal.Smime;
using Portal.Vault.Health;
using Portal.Web.Components.Shared;
using Portal.Web.Hosting;
using Portal.Web.InstallationKeys;

namespace Portal.Web.Components.Account;

/// <param name="IsCode">The detail is a fingerprint.</param>
public sealed record ServerFact(bool IsGood, string Title, string Detail, bool IsCode = false);

/// <summary>What set-up says about the server: only what was just looked at.</summary>
internal sealed class ServerChecks(
    CheckPlatform platform,
    CheckVault vault,
    ReceiptSigner receipts,
    TlsCertificateSource tls,
    IOptions<ListenerOptions> listeners,
    IOptions<PortalOptions> portal,
    IHostApplicationLifetime lifetime)
{
    internal async Task<IReadOnlyList<ServerFact>> RunAsync(CancellationToken cancellationToken)
    {
        var platformHealth = await platform.HandleAsync(cancellationToken);
        var vaultHealth = await vault.HandleAsync(cancellationToken);
        return
        [
            Databases(platformHealth, vaultHealth),
            Intake(),
            new ServerFact(true, "Receipt key made", Amounts.ShortFingerprint(receipts.KeyId), IsCode: true),
            tls.IsSelfSigned
                ? new ServerFact(false, "TLS certificate is self-signed", "Browsers and mail servers will warn. Point TLS at your own PEM files.")
                : new ServerFact(true, "TLS certificate of your own", "read from your PEM files"),
        ];
    }

    private static ServerFact Databases(PlatformHealth platform, VaultHealth vault) => (platform.Healthy, vault.IsUp) switch
    {
        (true, true) => new ServerFact(true, "Two databases, kept apart", "platform and vault answer and are migrated"),
        (false, true) => new ServerFact(false, "The platform database has a problem", platform.Problem ?? "It does not answer."),
        (true, false) => new ServerFact(false, "The vault database does not answer", "Mail is held up until it does."),
        _ => new ServerFact(false, "Neither database answers", "Mail is held up until they do."),
    };

    private ServerFact Intake()
    {
        if (!portal.Value.Runs(PortalRoles.Intake))
        {
            return new ServerFact(false, "This instance takes no mail", "Run another one with the role intake.");
        }

        // Started means that every listener is bound.
        return lifetime.ApplicationStarted.IsCancellationRequested
            ? new ServerFact(true, "Receiving mail", string.Create(CultureInfo.InvariantCulture, $"SMTP {listeners.Value.IntakePort}"))
            : new ServerFact(false, "Not receiving mail yet", "The listeners are being bound.");
    }
}
