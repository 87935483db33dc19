using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Portal.Mail;
using Portal.Mail.Backends;
using Portal.Mail.DovecotAuth;
using Portal.Mail.Smtp;
using Portal.Passwords;
using Portal.Platform;
using Portal.Platform.Accounts.SignUp;
using Portal.Vault;
using Portal.Vault.Credentials;
using Portal.Vault.Intake;
using Portal.Vault.ProcessingLog;
using Portal.Web.Api;
using Portal.Web.Api.Health;
using Portal.Web.Api.MotorBlocks;
using Portal.Web.Components;
using Portal.Web.Hosting.StoredSettings;
using Portal.Web.Identity;
using Portal.Web.InstallationKeys;
using Portal.Web.MailHosting;
using Portal.Web.Provisioning;
using Portal.Web.Provisioning.Audit;
using Portal.Web.Provisioning.Databases;
using Portal.Web.Security;
using Portal.Web.Support;
using Portal.Web.SystemMail;

namespace Portal.Web.Hosting;

/// <summary>Puts the one executable together: services by role, then the HTTP pipeline.</summary>
internal static class PortalHost
{
    /// <param name="settings">Wins over configuration files and environment.</param>
    /// <param name="keys">This installation's keys, already read.</param>
    /// <param name="tls">The certificate of every TLS listener.</param>
    public static WebApplication Build(IReadOnlyDictionary<string, string?> settings, InstallationKeySet keys, TlsCertificateSource tls)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory, ApplicationName = typeof(PortalHost).Assembly.GetName().Name,
        });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat, console.UseUtcTimestamp) = (true, "HH:mm:ss ", true));
        AddServices(builder, keys, tls);
        var app = builder.Build();
        UsePipeline(app);
        return app;
    }

    private static void AddServices(WebApplicationBuilder builder, InstallationKeySet keys, TlsCertificateSource tls)
    {
        var services = builder.Services;
        var configuration = builder.Configuration;
        services.AddOptions<PortalOptions>().Bind(configuration.GetSection(PortalOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PortalOptions>, PortalOptionsValidator>();
        services.AddOptions<ListenerOptions>().Bind(configuration.GetSection(ListenerOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ListenerOptions>, ListenerOptionsValidator>();
        services.AddOptions<DovecotSocketOptions>().Bind(configuration.GetSection(DovecotAuthOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DovecotSocketOptions>, DovecotSocketOptionsValidator>();
        services.AddOptions<PlatformOptions>().Bind(configuration.GetSection("Portal:Platform")).Configure<IOptions<PortalOptions>>((platform, portal) =>
            platform.PublicUrl = portal.Value.PublicUrl is { } url ? new Uri(url) : platform.PublicUrl);
        services.AddOptions<SignUpOptions>().Bind(configuration.GetSection(SignUpOptions.Section));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(tls).AddSingleton<ITlsCertificateSource, MailTls>();

        services.AddOptions<CredentialHashOptions>().Bind(configuration.GetSection(CredentialHashOptions.Section));
        services.AddPlatform(ConnectionStrings.Platform(configuration));
        services.AddVault(ConnectionStrings.Vault(configuration));
        services.AddOptions<ProcessingLogOptions>().Bind(configuration.GetSection(ProcessingLogOptions.Section)).ValidateOnStart();
        services.AddVaultInstallationKeys(_ => keys.Receipt, _ => keys.Binding, _ => keys.Digest);
        services.AddVaultIntake(configuration["Portal:HostName"] ?? new PortalOptions().HostName);
        services.AddOptions<SealingOptions>().Bind(configuration.GetSection(SealingOptions.Section));
        services.AddSingleton<ProvisionVaultbox>().AddSingleton<ProvisionAlias>().AddSingleton<CheckAddress>().AddSingleton<SuggestAddresses>().AddSingleton<SendTestMail>().AddSingleton<FindSupported>().AddSingleton<OpenSupportView>();

        services.AddSmtpIntake(options =>
        {
            options.HostName = configuration["Portal:HostName"] ?? options.HostName;
            configuration.GetSection(SmtpIntakeOptions.Section).Bind(options);
        });
        // What a peer may park outside the intake's own budget.
        builder.WebHost.UseSockets(sockets => sockets.MaxReadBufferSize = 64 * 1024);
        services.AddSingleton<IIntakeBackend, IntakeBackend>().AddSingleton<IntakeLog>();
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, KestrelListeners>();

        var roles = configuration.GetSection(PortalOptions.Section).Get<PortalOptions>() ?? new PortalOptions();
        services.AddSingleton<ExportData>().AddSingleton<PurgeDueAccounts>();
        if (roles.Runs(PortalRoles.Delivery))
            services.AddHostedService<AccountPurge>().AddHostedService<MotorBlockPurge>().AddHostedService<SuspensionMirror>().AddHostedService<DomainMirror>().AddHostedService<AliasPurge>().AddHostedService<NoticeKeeping>();
        services.AddSingleton<TellOwners>();
        if (roles.Runs(PortalRoles.Delivery))
            services.AddHostedService<OwnerMail>().AddHostedService<VaultboxPurge>().AddHostedService<ProcessingLogKeeping>();
        services.AddDevices(roles.Runs(PortalRoles.Delivery));
        services.AddAuditChain(configuration[AuditHosting.HeadsKey], keys.Receipt, roles.Runs(PortalRoles.Delivery));
        services.AddSystemMail(configuration, roles.Runs(PortalRoles.Delivery));
        if (roles.Runs(PortalRoles.Submission))
            services.AddMailSubmission(configuration);

        services.AddStoredSettings(configuration).AddDatabaseReports(ConnectionStrings.Platform(configuration), ConnectionStrings.Vault(configuration));
        services.AddPortalAuthentication(keys.DataProtection);
        services.AddTrustedProxies().AddAnonymousLimiter(configuration);
        services.AddPortalPages();
        services.AddProblemDetails().AddOpenApi();
        services.AddSingleton(provider => SubmissionServer.Of(provider.GetRequiredService<MailServerNames>()));
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new IpAddressJson()));
    }

    private static void UsePipeline(WebApplication app)
    {
        app.UseTrustedProxies();
        app.UsePortalPages();
        app.UseMiddleware<CircuitOrigin>();
        app.UsePortalAuthentication(known => known.UseRateLimiter());
        app.MapHealth();
        if (!app.Services.GetRequiredService<IOptions<PortalOptions>>().Value.Runs(PortalRoles.Web))
            return;
        app.MapPortalAccount();
        app.MapSupportForms();
        app.MapPortalApi();
        app.MapPortalPages();
    }
}
