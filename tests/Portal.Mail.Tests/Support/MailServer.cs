using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Mail.Backends;

namespace Portal.Mail.Tests.Support;

/// <summary>A mail server on free loopback ports, and the clients that a test has connected to it.</summary>
internal abstract class MailServer : IAsyncDisposable
{
    public const string Name = "mx.example.org";

    private readonly WebApplication _app;
    private readonly List<WireClient> _clients = [];

    protected MailServer(WebApplication app, CapturedLog log)
    {
        _app = app;
        Log = log;
        Ports = [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(a => new Uri(a).Port)];
    }

    public CapturedLog Log { get; }

    public int Port => Ports[0];

    public IServiceProvider Services => _app.Services;

    protected IReadOnlyList<int> Ports { get; }

    /// <summary>A client that has read the greeting.</summary>
    public async Task<WireClient> ConnectAsync()
    {
        var client = await ConnectSilentlyAsync();
        await client.ExpectAsync($"220 {Name} ESMTP");
        return client;
    }

    public Task<WireClient> ConnectSilentlyAsync() => ConnectToAsync(Port);

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            await client.DisposeAsync();
        await _app.DisposeAsync();
    }

    protected async Task<WireClient> ConnectToAsync(int port)
    {
        var client = await WireClient.ConnectAsync(port);
        _clients.Add(client);
        return client;
    }

    protected static async Task<(WebApplication App, CapturedLog Log)> StartAsync(
        Action<IServiceCollection> register, Action<KestrelServerOptions> listen, bool withTls, TimeProvider? time)
    {
        var log = new CapturedLog();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(log);
        if (time is not null)
            builder.Services.AddSingleton(time);
        if (withTls)
            builder.Services.AddSingleton<ITlsCertificateSource>(new OneCertificate());
        register(builder.Services);
        builder.WebHost.ConfigureKestrel(listen);
        var app = builder.Build();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return (app, log);
    }

    private sealed class OneCertificate : ITlsCertificateSource
    {
        public X509Certificate2? Current { get; } = Make();

        private static X509Certificate2 Make()
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest($"CN={Name}", key, HashAlgorithmName.SHA256);
            var now = TimeProvider.System.GetUtcNow();
            using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        }
    }
}
