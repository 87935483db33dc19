using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Vault.Purge;

namespace Portal.Vault.Vaultboxes;

internal static class VaultboxServices
{
    /// <summary>What owners do with vaultboxes, and what falls due by time.</summary>
    public static IServiceCollection AddVaultboxUseCases(this IServiceCollection services)
    {
        services.AddSingleton<VaultboxRanks>().AddSingleton<VaultboxDestruction>();
        services.AddSingleton<CreateVaultbox>().AddSingleton<GetVaultbox>().AddSingleton<FindOwner>().AddSingleton<UpdateVaultbox>();
        services.AddSingleton(p => new ListVaultboxes(Contexts(p), p.GetRequiredService<VaultboxRanks>(), p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(p => new CountVaultboxes(p.GetRequiredService<VaultboxRanks>()));
        services.AddSingleton<GetVaultboxContents>().AddSingleton<DeleteVaultbox>().AddSingleton<RestoreVaultbox>();
        services.AddSingleton(p => new PurgeVaultboxes(
            Contexts(p), p.GetRequiredService<VaultboxDestruction>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<PurgeVaultboxes>>()));
        return services.AddSingleton(p => new PurgeUser(Contexts(p), p.GetRequiredService<VaultboxDestruction>()));
    }

    private static IDbContextFactory<VaultContext> Contexts(IServiceProvider provider) => provider.GetRequiredService<IDbContextFactory<VaultContext>>();
}
