using Microsoft.Extensions.DependencyInjection;

namespace Portal.Platform.Support;

internal static class SupportServices
{
    public static void AddSupport(this IServiceCollection services)
    {
        services.AddSingleton<SearchQuota>().AddSingleton<FindAccount>();
        services.AddSingleton<AskForView>().AddSingleton<AnswerView>().AddSingleton<AnswerViewByLink>().AddSingleton<BreakGlass>();
        services.AddSingleton<StartView>().AddSingleton<EndView>().AddSingleton<NoteLook>();
        services.AddSingleton<ListViews>().AddSingleton<ListOpenViews>().AddSingleton<ListAskedViews>().AddSingleton<GetView>();
    }
}
