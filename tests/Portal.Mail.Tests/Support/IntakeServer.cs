using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Portal.Mail.Backends;
using Portal.Mail.Smtp;
using Portal.Mail.Transport;

namespace Portal.Mail.Tests.Support;

/// <summary>The intake, with a recording backend.</summary>
internal sealed class IntakeServer : MailServer
{
    private IntakeServer(WebApplication app, RecordingBackend backend, CapturedLog log)
        : base(app, log) => Backend = backend;

    public RecordingBackend Backend { get; }

    public SegmentPool Pool => Services.GetRequiredService<SmtpIntake>().Pool;

    public static async Task<IntakeServer> StartAsync(
        Action<SmtpIntakeOptions>? configure = null, bool withTls = false, TimeProvider? time = null)
    {
        var backend = new RecordingBackend();
        var (app, log) = await StartAsync(
            services => services.AddSingleton<IIntakeBackend>(backend).AddSmtpIntake(options =>
            {
                options.HostName = Name;
                configure?.Invoke(options);
            }),
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseSmtpIntake()),
            withTls,
            time);
        return new IntakeServer(app, backend, log);
    }
}
