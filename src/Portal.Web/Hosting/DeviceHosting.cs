using Microsoft.Extensions.Options;
using Portal.Vault.Credentials;
using Portal.Web.Provisioning;

namespace Portal.Web.Hosting;

internal static class DeviceHosting
{
    private const string Tls = "TLS";

    /// <summary>The port of IMAP in TLS.</summary>
    private const int ImapPort = 2993;

    /// <summary>Devices of mail programs: what their owners do with them, and on the role <c>delivery</c> what falls due by time.</summary>
    public static IServiceCollection AddDevices(this IServiceCollection services, bool delivers)
    {
        services.AddVaultDevices(provider => new MailServerNames(
            provider.GetRequiredService<IOptions<PortalOptions>>().Value.HostName,
            provider.GetRequiredService<IOptions<ListenerOptions>>().Value.SubmissionTlsPort,
            Tls,
            ImapPort,
            Tls));
        services.AddSingleton<WarnOfEndingOverlaps>();
        if (delivers)
            services.AddHostedService<PasswordPurge>().AddHostedService<OverlapWarnings>();
        return services;
    }
}
