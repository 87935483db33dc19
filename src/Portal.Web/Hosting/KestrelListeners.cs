using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;
using Portal.Mail;
using Portal.Web.InstallationKeys;
using Portal.Web.MailHosting;

namespace Portal.Web.Hosting;

/// <summary>Binds every listener of the instance's roles in the one Kestrel: when it has started, all of them are bound.</summary>
internal sealed class KestrelListeners(IOptions<ListenerOptions> listen, IOptions<PortalOptions> portal, IOptions<DovecotSocketOptions> dovecot, TlsCertificateSource tls)
    : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        if (portal.Value.Runs(PortalRoles.Web))
        {
            Listen(options, listen.Value.HttpPort, _ => { });
            Listen(options, listen.Value.HttpsPort, endpoint => endpoint.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = _ => ValueTask.FromResult(tls.ServerOptions()),
            }));
        }

        if (portal.Value.Runs(PortalRoles.Intake))
            Listen(options, listen.Value.IntakePort, endpoint => endpoint.UseSmtpIntake());
        if (portal.Value.Runs(PortalRoles.Submission))
        {
            Listen(options, listen.Value.SubmissionPort, endpoint => endpoint.UseSmtpSubmission());
            Listen(options, listen.Value.SubmissionTlsPort, endpoint => endpoint.UseSmtpSubmissionTls());
            if (dovecot.Value.SocketPath is { } path)
            {
                DovecotSocket.Clear(path);
                options.ListenUnixSocket(path, endpoint => endpoint.UseDovecotAuth());
            }
        }
    }

    private void Listen(KestrelServerOptions options, int port, Action<ListenOptions> configure)
    {
        if (listen.Value.IsLocalhost)
            options.ListenLocalhost(port, configure);
        else if (listen.Value.IsAny)
            options.ListenAnyIP(port, configure);
        else
            options.Listen(IPAddress.Parse(listen.Value.Address), port, configure);
    }
}
