using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Mail.Backends;
using Portal.Mail.Smtp;
using Portal.Mail.Transport;

namespace Portal.Mail;

/// <summary>How a host takes in the SMTP intake.</summary>
public static class SmtpIntakeHosting
{
    /// <summary>
    /// Registers the intake. The host registers an <see cref="IIntakeBackend"/> singleton, and an <see cref="ITlsCertificateSource"/>
    /// singleton if STARTTLS is to be offered. A <see cref="TimeProvider"/> is used when registered.
    /// </summary>
    /// <param name="configure">Typically binds <see cref="SmtpIntakeOptions.Section"/>; checked when the host starts.</param>
    public static IServiceCollection AddSmtpIntake(this IServiceCollection services, Action<SmtpIntakeOptions> configure)
    {
        services.AddMetrics();
        services.AddOptions<SmtpIntakeOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SmtpIntakeOptions>, SmtpIntakeOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new SegmentPool(OptionsOf(provider).MemoryBudgetBytes));
        services.AddSingleton(provider => new ConnectionGate(
            OptionsOf(provider).MaxConnections, OptionsOf(provider).MaxConnectionsPerPeer));
        services.AddSingleton(provider => new SmtpMetrics(
            provider.GetRequiredService<IMeterFactory>(),
            provider.GetRequiredService<SegmentPool>(),
            provider.GetRequiredService<ConnectionGate>()));
        services.AddSingleton(provider => new BackendCalls(
            provider.GetRequiredService<IIntakeBackend>(),
            OptionsOf(provider),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<SmtpMetrics>(),
            provider.GetRequiredService<ILogger<BackendCalls>>()));
        services.AddSingleton(provider => new SmtpIntake(
            OptionsOf(provider),
            provider.GetRequiredService<BackendCalls>(),
            new TlsUpgrade(provider.GetService<ITlsCertificateSource>()),
            provider.GetRequiredService<SegmentPool>(),
            provider.GetRequiredService<SmtpMetrics>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SmtpConnectionHandler>();
        return services;
    }

    /// <summary>Speaks SMTP intake on this endpoint instead of HTTP.</summary>
    public static ListenOptions UseSmtpIntake(this ListenOptions listen)
    {
        listen.UseConnectionHandler<SmtpConnectionHandler>();
        return listen;
    }

    private static SmtpIntakeOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<SmtpIntakeOptions>>().Value;
}
