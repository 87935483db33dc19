using Microsoft.Extensions.DependencyInjection;

namespace Portal.Vault.Aliases;

internal static class AliasServices
{
    /// <summary>What owners do with the addresses of a vaultbox.</summary>
    public static IServiceCollection AddAliasUseCases(this IServiceCollection services)
    {
        services.AddSingleton<CheckAlias>().AddSingleton<FindAliasDomain>();
        services.AddSingleton<AddAlias>().AddSingleton<AddAliases>().AddSingleton<AddRandomAlias>().AddSingleton<AddCatchAll>();
        services.AddSingleton<ListAliases>().AddSingleton<CountAliases>().AddSingleton<FindAliasIds>().AddSingleton<UpdateAlias>().AddSingleton<ChangeAliases>();
        return services.AddSingleton<PurgeAliases>();
    }
}
