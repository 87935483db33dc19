using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Mail.Backends;
using Portal.Mail.Smtp;
using Portal.Mail.Transport;

namespace Portal.Mail.Tests.Support;

/// <summary>The intake on a free loopback port, with a recording backend.</summary>
internal sealed class IntakeServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<WireClient> _clients = [];

    private IntakeServer(WebApplication app, RecordingBackend backend, CapturedLog log)
    {
        _app = app;
        Backend = backend;
        Log = log;
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Port = new Uri(address).Port;
    }

    public RecordingBackend Backend { get; }

    public CapturedLog Log { get; }

    public int Port { get; }

    public IServiceProvider Services => _app.Services;

    public SegmentPool Pool => _app.Services.GetRequiredService<SegmentPool>();

    public static async Task<IntakeServer> StartAsync(
        Action<SmtpIntakeOptions>? configure = null, bool withTls = false, TimeProvider? time = null)
    {
        var backend = new RecordingBackend();
        var log = new CapturedLog();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(log);
        builder.Services.AddSingleton<IIntakeBackend>(backend);
        if (time is not null)
            builder.Services.AddSingleton(time);
        if (withTls)
            builder.Services.AddSingleton<ITlsCertificateSource>(new OneCertificate());
        builder.Services.AddSmtpIntake(options =>
        {
            options.HostName = "mx.example.org";
            configure?.Invoke(options);
        });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseSmtpIntake()));
        var app = builder.Build();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new IntakeServer(app, backend, log);
    }

    /// <summary>A client that has read the greeting.</summary>
    public async Task<WireClient> ConnectAsync()
    {
        var client = await ConnectSilentlyAsync();
        await client.ExpectAsync("220 mx.example.org ESMTP");
        return client;
    }

    public async Task<WireClient> ConnectSilentlyAsync()
    {
        var client = await WireClient.ConnectAsync(Port);
        _clients.Add(client);
        return client;
    }

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            await client.DisposeAsync();
        await _app.DisposeAsync();
    }

    private sealed class OneCertificate : ITlsCertificateSource
    {
        public X509Certificate2? Current { get; } = Make();

        private static X509Certificate2 Make()
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=mx.example.org", key, HashAlgorithmName.SHA256);
            var now = TimeProvider.System.GetUtcNow();
            using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        }
    }
}
