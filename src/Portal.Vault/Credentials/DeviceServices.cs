using Microsoft.Extensions.DependencyInjection;

namespace Portal.Vault.Credentials;

public static class DeviceServices
{
    /// <summary>What owners do with devices, besides <see cref="VaultServices.AddVault"/>.</summary>
    /// <param name="servers">What mail programs are to be told.</param>
    public static IServiceCollection AddVaultDevices(this IServiceCollection services, Func<IServiceProvider, MailServerNames> servers)
    {
        services.AddSingleton(servers);
        services.AddSingleton<CreateDevice>().AddSingleton<ListDevices>().AddSingleton<GetDevice>().AddSingleton<UpdateDevice>();
        services.AddSingleton<RotateDevice>().AddSingleton<UndoRotation>().AddSingleton<RevokeDevice>().AddSingleton<RemoveProtocol>();
        return services;
    }
}
