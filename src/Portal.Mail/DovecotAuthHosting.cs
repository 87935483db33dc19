using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Mail.Backends;
using Portal.Mail.DovecotAuth;

namespace Portal.Mail;

/// <summary>How a host answers other mail servers' logins over Dovecot's auth client protocol.</summary>
public static class DovecotAuthHosting
{
    /// <summary>
    /// Registers the server. The host registers an <see cref="IDovecotAuthBackend"/> singleton. A <see cref="TimeProvider"/> is used when
    /// registered.
    /// </summary>
    /// <param name="configure">Typically binds <see cref="DovecotAuthOptions.Section"/>; checked when the host starts.</param>
    public static IServiceCollection AddDovecotAuth(this IServiceCollection services, Action<DovecotAuthOptions>? configure = null)
    {
        services.AddMetrics();
        services.AddOptions<DovecotAuthOptions>().Configure(options => configure?.Invoke(options)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DovecotAuthOptions>, DovecotAuthOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new DovecotAuthService(
            provider.GetRequiredService<IDovecotAuthBackend>(),
            provider.GetRequiredService<IOptions<DovecotAuthOptions>>().Value,
            new DovecotAuthMetrics(provider.GetRequiredService<IMeterFactory>()),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<DovecotAuthService>>()));
        services.AddSingleton<DovecotAuthHandler>();
        return services;
    }

    /// <summary>
    /// Speaks the protocol on this endpoint: a UNIX socket, whose permissions say who may ask. Passwords cross it in clear, so it is
    /// never a network port.
    /// </summary>
    public static ListenOptions UseDovecotAuth(this ListenOptions listen)
    {
        listen.UseConnectionHandler<DovecotAuthHandler>();
        return listen;
    }
}
