using System.CommandLine;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Portal.Platform;
using Portal.Web.EmbeddedPostgres;
using Portal.Web.Hosting;
using Portal.Web.InstallationKeys;
using Portal.Web.Provisioning.Databases;

namespace Portal.Web.Cli;

/// <summary>What verbs share: where the databases are, and how a refusal is told.</summary>
internal static class CommandHost
{
    /// <summary>The platform's use cases over the databases of a running portal, or over those that the configuration names.</summary>
    public static ValueTask<ServiceProvider> PlatformServicesAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var configuration = Configuration();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddOptions<PlatformOptions>().Bind(configuration.GetSection("Portal:Platform"));
        services.AddPlatform(PlatformConnectionString(configuration, parsed.GetValue(PortalCommands.Data)));
        return ValueTask.FromResult(services.BuildServiceProvider());
    }

    public static IConfiguration Configuration() => new ConfigurationBuilder()
        .SetBasePath(AppContext.BaseDirectory)
        .AddJsonFile("appsettings.json", optional: true)
        .AddEnvironmentVariables()
        .Build();

    /// <summary>Faults that the operator can mend: their message is the whole answer, a stack trace would only hide it.</summary>
    public static bool IsForTheOperator(Exception fault) =>
        fault is SetupRefusedException or ConfigurationException or InstallationKeyException or TlsCertificateException
            or OptionsValidationException or IOException { InnerException: AddressInUseException };

    public static string Explain(Exception fault) => fault switch
    {
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures),
        IOException { InnerException: AddressInUseException } taken =>
            $"{taken.Message} Stop what listens there, or start the portal beside it with --port-offset N.",
        _ => fault.Message,
    };

    private static string PlatformConnectionString(IConfiguration configuration, string? dataDirectory)
    {
        if (ConnectionStrings.AreGiven(configuration))
            return ConnectionStrings.Platform(configuration);
        var data = DataDirectory.Open(dataDirectory);
        return EmbeddedDatabases.FindRunning(data) is { } running
            ? running.Platform.Service
            : throw new SetupRefusedException($"No portal runs on {data.Location}. Start it with ./portal up, or name its data directory with --data DIR.");
    }
}
