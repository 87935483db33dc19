using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Portal.Smime;
using Portal.Vault.Credentials;
using Portal.Web.Components.Account;
using Portal.Web.Components.Aliases;
using Portal.Web.Components.Credentials;
using Portal.Web.Components.Keys;
using Portal.Web.Components.Notices;
using Portal.Web.Components.Support;
using Portal.Web.Components.Vaultboxes;
using Portal.Web.Hosting;
using Portal.Web.InstallationKeys;
using Portal.Web.Provisioning;
using Portal.Web.Provisioning.Audit;

namespace Portal.Web.Tests.Components;

internal static class PagesUnderTest
{
    /// <summary>What the host registers beside the two databases: here a server that has started, with a certificate of its own making.</summary>
    internal static void AddPagesUnderTest(this IServiceCollection services, string directory)
    {
        services.AddSingleton<CheckAddress>().AddSingleton<SuggestAddresses>().AddSingleton<ProvisionVaultbox>().AddSingleton<ProvisionAlias>().AddSingleton<FindSupported>().AddSingleton<OpenSupportView>();
        services.AddVaultDevices(_ => new MailServerNames("mail.vault.test", 2465, "TLS", 2993, "TLS", 2587));
        services.AddScoped<DeviceCredentials>().AddScoped<SenderCredentials>().AddScoped<KeyActs>().AddScoped<AliasActs>().AddScoped<UnreadNotices>().AddScoped<OpenViews>().AddScoped<VaultboxActs>();
        services.AddOptions<ListenerOptions>();
        services.AddOptions<PortalOptions>();
        services.AddSingleton(_ => new ReceiptSigner(ECDsa.Create(ECCurve.NamedCurves.nistP256)));
        services.AddAuditChain(headsFile: null, ECDsa.Create(ECCurve.NamedCurves.nistP256), isDelivery: false);
        services.AddSingleton(_ => TlsCertificateSource.Open(directory, null, null, TimeProvider.System, NullLogger.Instance));
        services.AddSingleton<IHostApplicationLifetime, Started>().AddSingleton<ServerChecks>();
    }

    private sealed class Started : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => new(canceled: true);

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => throw new NotSupportedException("Pages do not stop the server.");
    }
}
