using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Portal.Vault.ProcessingLog;

internal static class ProcessingLogServices
{
    /// <summary>What admins and owners ask of the log, and what falls due by time.</summary>
    public static IServiceCollection AddProcessingLogUseCases(this IServiceCollection services)
    {
        services.AddSingleton<ListProcessingLog>().AddSingleton<CountProcessingLog>().AddSingleton<WatchProcessingLog>();
        services.AddSingleton<GetPassport>().AddSingleton<GetTrace>();
        services.AddSingleton<ExportActivity>().AddSingleton<CountActivity>().AddSingleton<ExportProcessingLog>();
        services.AddSingleton<ListLogViews>().AddSingleton<SaveLogView>().AddSingleton<RenameLogView>().AddSingleton<DeleteLogView>();
        services.AddOptions<ProcessingLogOptions>();
        services.AddSingleton<IValidateOptions<ProcessingLogOptions>, ProcessingLogOptionsValidator>();
        return services.AddSingleton<RollUpProcessingLog>().AddSingleton<PurgeProcessingLog>();
    }
}
