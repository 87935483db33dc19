using Microsoft.Extensions.DependencyInjection;
using Portal.Audit;

namespace Portal.Platform.Audit;

internal static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<AuditSource<PlatformContext>>().AddSingleton<ChainEntries>().AddSingleton<VerifyChain>()
        .AddSingleton<KeepAuditCheck>().AddSingleton<GetAuditCheck>().AddSingleton<ListAudit>().AddSingleton<ExportAudit>();
}
