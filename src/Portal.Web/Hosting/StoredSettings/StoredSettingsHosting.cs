namespace Portal.Web.Hosting.StoredSettings;

internal static class StoredSettingsHosting
{
    public static IServiceCollection AddStoredSettings(this IServiceCollection services, IConfigurationManager configuration)
    {
        var source = new StoredSettingsSource();
        configuration.Add(source);
        services.AddSingleton(source).AddSingleton<SettingsWatch>().AddSingleton<PortalSettings>();
        return services.AddHostedService(provider => provider.GetRequiredService<SettingsWatch>());
    }
}
