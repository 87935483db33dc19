using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Options;
using Portal.Platform.Accounts.SetUp;
using Portal.Web.EmbeddedPostgres;
using Portal.Web.Hosting;
using Portal.Web.InstallationKeys;
using Portal.Web.Provisioning.Audit;
using Portal.Web.Provisioning.Databases;

namespace Portal.Web.Cli;

/// <summary>The verb <c>up</c>: databases, keys and migrations first, then every listener; ready is said last.</summary>
internal static class UpCommand
{
    private const string PublicUrlKey = $"{PortalOptions.Section}:{nameof(PortalOptions.PublicUrl)}";

    public static Command Create()
    {
        var offset = new Option<int>("--port-offset") { Description = "Added to every port, so that several portals run side by side." };
        offset.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 50000)
                result.AddError("--port-offset must be from 0 to 50000.");
        });
        var up = new Command("up", "Starts the portal and prints where it is.") { offset };
        up.SetAction((parsed, cancellationToken) => RunAsync(parsed, parsed.GetValue(offset), cancellationToken));
        return up;
    }

    private static async Task<int> RunAsync(ParseResult parsed, int offset, CancellationToken cancellationToken)
    {
        ProcessHardening.DisableCoreDumps();
        var configuration = CommandHost.Configuration();
        var output = parsed.InvocationConfiguration.Output;
        var data = DataDirectory.Open(parsed.GetValue(PortalCommands.Data));
        using var held = data.Lock();
        using var logging = LoggerFactory.Create(builder => builder.AddConfiguration(configuration.GetSection("Logging")).AddSimpleConsole(Console));
        using var keys = InstallationKeySet.LoadOrCreate(data.Keys);
        var tls = TlsCertificateSource.Open(
            data.Keys, configuration["Portal:Tls:CertificatePath"], configuration["Portal:Tls:KeyPath"], TimeProvider.System, logging.CreateLogger<TlsCertificateSource>());

        var settings = Ports(configuration, offset);
        if (string.IsNullOrEmpty(configuration[PublicUrlKey]))
            settings[PublicUrlKey] = $"http://localhost:{settings[$"{ListenerOptions.Section}:HttpPort"]}/";
        settings[AuditHosting.HeadsKey] = Path.Combine(data.Location, AuditHosting.HeadsFile);
        var isExternal = ConnectionStrings.AreGiven(configuration);
        await using var databases = isExternal ? null : await EmbeddedDatabases.StartAsync(
            data, EmbeddedCluster.DefaultPort + offset, new MigrationsProcess(MigrationsProcess.DefaultAssembly), output,
            logging.CreateLogger<EmbeddedCluster>(), TimeProvider.System, cancellationToken);
        if (databases is not null)
        {
            settings[ConnectionStrings.PlatformKey] = databases.Platform.Service;
            settings[ConnectionStrings.VaultKey] = databases.Vault.Service;
            settings[ConnectionStrings.PlatformAuthKey] = databases.Platform.Auth;
            settings[ConnectionStrings.VaultAuthKey] = databases.Vault.Auth;
        }

        await using var app = PortalHost.Build(settings, keys, tls);
        await app.StartAsync(cancellationToken);
        await AnnounceAsync(app, data, output, cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    private static void Console(Microsoft.Extensions.Logging.Console.SimpleConsoleFormatterOptions options) =>
        (options.SingleLine, options.TimestampFormat, options.UseUtcTimestamp) = (true, "HH:mm:ss ", true);

    private static Dictionary<string, string?> Ports(IConfiguration configuration, int offset)
    {
        var listen = configuration.GetSection(ListenerOptions.Section).Get<ListenerOptions>() ?? new ListenerOptions();
        return listen.Ports().ToDictionary(
            port => port.Key, string? (port) => (port.Port + offset).ToString(CultureInfo.InvariantCulture), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Printed only when every listener is bound: whoever reads it can connect.</summary>
    private static async Task AnnounceAsync(WebApplication app, DataDirectory data, TextWriter output, CancellationToken cancellationToken)
    {
        var listen = app.Services.GetRequiredService<IOptions<ListenerOptions>>().Value;
        var url = $"http://localhost:{listen.HttpPort}";
        await output.WriteLineAsync($"Vaultbox Portal is ready at {url} (HTTPS {listen.HttpsPort}); it takes mail by SMTP on port {listen.IntakePort}, and from its users on {listen.SubmissionTlsPort} (TLS) and {listen.SubmissionPort} (STARTTLS). Data: {data.Location}");
        var link = await app.Services.GetRequiredService<IssueSetupLink>().HandleAsync(cancellationToken);
        await output.WriteLineAsync(link.Succeeded
            ? $"Make the first account within 60 minutes, with this one-time link: {url}/account/set-up/{link.Value.Token}"
            : $"Sign in at {url}/account/sign-in");
        await output.FlushAsync(cancellationToken);
    }
}
