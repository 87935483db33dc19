using Microsoft.Extensions.DependencyInjection;
using Portal.Vault.Notices;

namespace Portal.Vault.Home;

internal static class HomeServices
{
    /// <summary>What an owner sees first, and what they are told.</summary>
    public static IServiceCollection AddHomeUseCases(this IServiceCollection services)
    {
        services.AddSingleton<GetVaultOverview>().AddSingleton<GetVaultCounts>().AddSingleton<ListRecentActivity>();
        services.AddSingleton<ListNotices>().AddSingleton<CountUnreadNotices>().AddSingleton<MarkNoticesRead>();
        return services.AddSingleton<PurgeNotices>().AddSingleton<TellOfEndingAliases>();
    }
}
