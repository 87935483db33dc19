using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Mail;
using Portal.Mail.Backends;

namespace Portal.Web.Tests.SystemMail;

/// <summary>A mail server on loopback that keeps what it is given; with STARTTLS under a certificate for localhost of its own making.</summary>
internal sealed class SmartHostServer : IIntakeBackend, ITlsCertificateSource, IAsyncDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("smart-host-").FullName;
    private WebApplication? app;

    private SmartHostServer(bool withTls)
    {
        Current = withTls ? MakeCertificate() : null;
        if (Current is not null)
            File.WriteAllText(AuthorityFile, Current.ExportCertificatePem());
    }

    public X509Certificate2? Current { get; }

    public X509Certificate2Collection Intermediates => [];

    public string AuthorityFile => Path.Combine(directory, "authority.pem");

    public int Port { get; private set; }

    public ConcurrentQueue<(MailTransaction Transaction, string Content)> Received { get; } = new();

    /// <summary>One item for each message that was taken.</summary>
    public Channel<string> Arrivals { get; } = Channel.CreateUnbounded<string>();

    public Func<SmtpReply>? OnRecipient { get; set; }

    public static async Task<SmartHostServer> StartAsync(bool withTls = false)
    {
        var server = new SmartHostServer(withTls);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IIntakeBackend>(server);
        if (withTls)
            builder.Services.AddSingleton<ITlsCertificateSource>(server);
        builder.Services.AddSmtpIntake(options => options.HostName = "smart.example.org");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseSmtpIntake()));
        server.app = builder.Build();
        await server.app.StartAsync(TestContext.Current.CancellationToken);
        server.Port = new Uri(server.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        return server;
    }

    public ValueTask<RecipientDecision> AcceptRecipientAsync(
        SmtpPeer peer, MailSender sender, RecipientAddress recipient, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new RecipientDecision(OnRecipient?.Invoke() ?? new SmtpReply(250, new(2, 1, 5), "Recipient ok"), null));

    public ValueTask<SmtpReply> DeliverAsync(MailTransaction transaction, ReadOnlySequence<byte> content, CancellationToken cancellationToken)
    {
        var text = Encoding.ASCII.GetString(content);
        Received.Enqueue((transaction, text));
        Arrivals.Writer.TryWrite(text);
        return ValueTask.FromResult(new SmtpReply(250, new(2, 0, 0), "Queued"));
    }

    public void Observe(SmtpObservation observation)
    {
    }

    public async ValueTask DisposeAsync()
    {
        await app!.DisposeAsync();
        Current?.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
