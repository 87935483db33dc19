using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Portal.Audit;
using Portal.Passwords;
using Portal.Smime;
using Portal.Vault.Administration;
using Portal.Vault.Aliases;
using Portal.Vault.Certificates;
using Portal.Vault.Credentials;
using Portal.Vault.Domains;
using Portal.Vault.Export;
using Portal.Vault.Health;
using Portal.Vault.Home;
using Portal.Vault.Intake;
using Portal.Vault.Messages;
using Portal.Vault.Notices;
using Portal.Vault.ProcessingLog;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault;

public static class VaultServices
{
    /// <summary>Connections in the pool when the connection string names no other number.</summary>
    private const int DefaultPoolSize = 30;

    /// <summary>The vault database and its use cases.</summary>
    /// <param name="connectionString">Of the service role; pool size and application name are added when absent.</param>
    public static IServiceCollection AddVault(this IServiceCollection services, string connectionString)
    {
        services.AddKeyedSingleton(typeof(VaultContext), (_, _) => NpgsqlDataSource.Create(Durable(connectionString)));
        services.AddPooledDbContextFactory<VaultContext>((provider, options) => options
            .UseNpgsql(provider.GetRequiredKeyedService<NpgsqlDataSource>(typeof(VaultContext)))
            .UseSnakeCaseNamingConvention()
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking));
        services.TryAddSingleton(TimeProvider.System);
        services.AddAliasUseCases().AddHomeUseCases();
        services.AddVaultboxUseCases();
        services.AddKeyUseCases();
        services.AddSingleton<PassOnNotices>().AddSingleton<TellOfView>();
        services.AddSingleton<ListSummaries>().AddSingleton<ListMessages>().AddSingleton<GetMessage>();
        services.AddSingleton<OpenSealedMessage>().AddSingleton<SetFlags>().AddSingleton<WatchMail>();
        services.AddProcessingLogUseCases();
        services.AddSingleton<ExportVault>();
        services.AddCredentialPasswords();
        services.AddSingleton<MirrorSuspendedOwners>().AddSingleton<MirrorMailDomains>().AddSingleton<PurgeEndedPasswords>().AddSingleton<ClaimEndingOverlaps>();
        services.AddSingleton<CheckVault>().AddSingleton<AuditSource<VaultContext>>();
        services.AddSingleton<CommitTimes>().AddSingleton<GetMailFlow>().AddSingleton<FindVaultboxes>();
        services.AddHosted<MailArrivals>().AddHosted<ProcessingLogSignal>().AddHosted<ProcessingLogWriter>();
        return services;
    }

    /// <summary>Sign-in of devices, by the read-only role of sign-in and connections of its own.</summary>
    public static IServiceCollection AddVaultSignIn(this IServiceCollection services, string connectionString)
    {
        services.AddKeyedSingleton(typeof(VaultCredentialPool), (_, _) => NpgsqlDataSource.Create(connectionString));
        return services.AddSingleton<ICredentialPool, VaultCredentialPool>();
    }

    /// <summary>What the intake role needs besides <see cref="AddVault"/>.</summary>
    /// <param name="hostName">Names this host in trace headers.</param>
    public static IServiceCollection AddVaultIntake(this IServiceCollection services, string hostName)
    {
        services.AddSingleton(new IntakeIdentity(hostName));
        services.AddMetrics();
        services.AddOptions<SealingOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SealingOptions>, SealingOptionsValidator>());
        services.AddSingleton(provider => new SealingMemory(provider.GetRequiredService<IOptions<SealingOptions>>().Value.SealingMemoryBytes));
        services.AddSingleton<SealingMetrics>().AddSingleton<SealingQueue>().AddSingleton<ForeignKeyAlarm>();
        services.AddSingleton<ResolveRecipient>().AddSingleton<ParsedKeys>().AddSingleton<SealingKeyReader>().AddSingleton<MessageStore>();
        services.AddSingleton(provider => new DeliverMessage(
            provider.GetRequiredService<SealingKeyReader>(),
            provider.GetRequiredService<SealingQueue>(),
            provider.GetRequiredService<MessageStore>(),
            provider.GetRequiredService<DeliveryDigest>(),
            provider.GetRequiredService<ReceiptSigner>(),
            provider.GetRequiredService<IntakeIdentity>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<DeliverMessage>>()));
        return services;
    }

    /// <summary>
    /// The keys of this installation, which stand in its files and never in PostgreSQL. Not known before the host has read them,
    /// hence factories.
    /// </summary>
    public static IServiceCollection AddVaultInstallationKeys(
        this IServiceCollection services,
        Func<IServiceProvider, ECDsa> receiptKey,
        Func<IServiceProvider, ECDsa> bindingKey,
        Func<IServiceProvider, ReadOnlyMemory<byte>> digestKey)
    {
        services.AddSingleton(provider => new ReceiptSigner(receiptKey(provider)));
        services.AddSingleton(provider => new InstallationBinding(bindingKey(provider)));
        services.AddSingleton(provider => new DeliveryDigest(digestKey(provider)));
        return services;
    }

    /// <summary>No 250 before the commit is on disk, whatever the server's default says; a pool with a name and a bound.</summary>
    private static string Durable(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        if (string.IsNullOrEmpty(builder.ApplicationName))
            builder.ApplicationName = "portal-vault";
        if (!builder.ContainsKey("Maximum Pool Size"))
            builder.MaxPoolSize = DefaultPoolSize;
        builder.Options = $"{builder.Options} -c synchronous_commit=on".Trim();
        return builder.ConnectionString;
    }

    private static IServiceCollection AddHosted<T>(this IServiceCollection services)
        where T : class, IHostedService =>
        services.AddSingleton<T>().AddHostedService(provider => provider.GetRequiredService<T>());
}
