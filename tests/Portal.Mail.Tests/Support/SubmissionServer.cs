using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Portal.Mail.Backends;
using Portal.Mail.Smtp;
using Portal.Mail.Transport;

namespace Portal.Mail.Tests.Support;

/// <summary>Submission on two ports, with STARTTLS and in TLS from the start, and a backend that knows one name and password.</summary>
internal sealed class SubmissionServer : MailServer
{
    public const string Keywords = "250-mx.example.org\n250-PIPELINING\n250-SIZE 52428800\n250-8BITMIME\n250-SMTPUTF8\n250-ENHANCEDSTATUSCODES\n250-HELP\n";

    private SubmissionServer(WebApplication app, SubmissionBackend backend, CapturedLog log)
        : base(app, log) => Backend = backend;

    public SubmissionBackend Backend { get; }

    public SegmentPool Pool => Services.GetRequiredService<SmtpSubmission>().Pool;

    public static async Task<SubmissionServer> StartAsync(
        Action<SmtpSubmissionOptions>? configure = null, TimeProvider? time = null, bool withTls = true)
    {
        var backend = new SubmissionBackend();
        var (app, log) = await StartAsync(
            services => services.AddSingleton<ISubmissionBackend>(backend).AddSmtpSubmission(options =>
            {
                options.HostName = Name;
                configure?.Invoke(options);
            }),
            kestrel =>
            {
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseSmtpSubmission());
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseSmtpSubmissionTls());
            },
            withTls,
            time);
        return new SubmissionServer(app, backend, log);
    }

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    public string Plain(string? password = null) => Base64($"\0{SubmissionBackend.Username}\0{password ?? Backend.Password}");

    /// <summary>Connected to the TLS port; the handshake has not begun.</summary>
    public Task<WireClient> ConnectTlsSilentlyAsync() => ConnectToAsync(Ports[1]);

    /// <summary>In TLS and greeted on both sides.</summary>
    public async Task<WireClient> ConnectSecurelyAsync()
    {
        var client = await ConnectTlsSilentlyAsync();
        await client.UpgradeAsync();
        await client.ExpectAsync($"220 {Name} ESMTP");
        await client.SayAsync("EHLO client.example", $"250-{Name}");
        return client;
    }

    public async Task<WireClient> SignInAsync()
    {
        var client = await ConnectSecurelyAsync();
        await client.SayAsync($"AUTH PLAIN {Plain()}", "235 2.7.0");
        return client;
    }
}
