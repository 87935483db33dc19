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
        services.AddVaultDevices(provider =>
        {
            var listen = provider.GetRequiredService<IOptions<ListenerOptions>>().Value;
            return new MailServerNames(
                provider.GetRequiredService<IOptions<PortalOptions>>().Value.HostName,
                listen.PublicSubmissionTlsPort ?? listen.SubmissionTlsPort,
                Tls,
                ImapPort,
                Tls,
                listen.PublicSubmissionPort ?? listen.SubmissionPort);
        });
        services.AddSingleton<WarnOfEndingOverlaps>();
        if (delivers)
            services.AddHostedService<PasswordPurge>().AddHostedService<OverlapWarnings>();
        return services;
    }
}
