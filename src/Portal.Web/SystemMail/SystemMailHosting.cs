using Microsoft.Extensions.Options;

namespace Portal.Web.SystemMail;

internal static class SystemMailHosting
{
    /// <param name="delivers">Whether this instance has the role <c>delivery</c>; any other may still show what waits.</param>
    public static IServiceCollection AddSystemMail(this IServiceCollection services, IConfiguration configuration, bool delivers)
    {
        services.AddOptions<SystemMailOptions>().Bind(configuration.GetSection(SystemMailOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SystemMailOptions>, SystemMailOptionsValidator>();
        services.AddSingleton<SystemMailComposer>().AddSingleton<LocalVaultboxes>().AddSingleton<SmartHost>().AddSingleton<DeliverSystemMail>();
        if (delivers)
            services.AddHostedService<SystemMailDelivery>();
        return services;
    }
}
