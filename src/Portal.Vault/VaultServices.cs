using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Portal.Vault.Aliases;
using Portal.Vault.Certificates;
using Portal.Vault.ProcessingLog;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault;

public static class VaultServices
{
    /// <summary>The vault database and its use cases.</summary>
    /// <param name="connectionString">Of the service role; pool size and application name come with it.</param>
    public static IServiceCollection AddVault(this IServiceCollection services, string connectionString)
    {
        services.AddKeyedSingleton(typeof(VaultContext), (_, _) => NpgsqlDataSource.Create(connectionString));
        services.AddPooledDbContextFactory<VaultContext>((provider, options) => options
            .UseNpgsql(provider.GetRequiredKeyedService<NpgsqlDataSource>(typeof(VaultContext)))
            .UseSnakeCaseNamingConvention()
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking));
        services.AddSingleton<CheckAlias>().AddSingleton<CreateVaultbox>().AddSingleton<GetVaultbox>().AddSingleton<ListVaultboxes>();
        services.AddSingleton<ListCertificates>();
        services.AddSingleton<ListProcessingLog>().AddSingleton<GetPassport>();
        return services;
    }
}
