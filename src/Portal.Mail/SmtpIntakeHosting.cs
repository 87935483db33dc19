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
        services.AddSingleton(Make);
        return services;
    }

    /// <summary>Speaks SMTP intake on this endpoint instead of HTTP.</summary>
    public static ListenOptions UseSmtpIntake(this ListenOptions listen) =>
        listen.Use(listen.ApplicationServices.GetRequiredService<SmtpIntake>(), startsInTls: false);

    internal static ListenOptions Use(this ListenOptions listen, SmtpService service, bool startsInTls)
    {
        var logger = listen.ApplicationServices.GetRequiredService<ILogger<SmtpConnectionHandler>>();
        listen.Run(new SmtpConnectionHandler(service, startsInTls, logger).OnConnectedAsync);
        return listen;
    }

    private static SmtpIntake Make(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<SmtpIntakeOptions>>().Value;
        var time = provider.GetRequiredService<TimeProvider>();
        var pool = new SegmentPool(options.MemoryBudgetBytes);
        var gate = new ConnectionGate(options.MaxConnections, options.MaxConnectionsPerPeer);
        var metrics = SmtpMetrics.OfIntake(provider.GetRequiredService<IMeterFactory>(), pool, gate);
        var backend = new BackendCalls(
            provider.GetRequiredService<IIntakeBackend>(), null, options, time, metrics, provider.GetRequiredService<ILogger<BackendCalls>>());
        return new SmtpIntake(options, backend, new TlsUpgrade(provider.GetService<ITlsCertificateSource>()), pool, gate, metrics, time);
    }
}
