using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Mail.Backends;
using Portal.Mail.Smtp;
using Portal.Mail.Transport;

namespace Portal.Mail;

/// <summary>How a host takes in message submission.</summary>
public static class SmtpSubmissionHosting
{
    /// <summary>
    /// Registers submission. The host registers an <see cref="ISubmissionBackend"/> singleton and an <see cref="ITlsCertificateSource"/>
    /// singleton, without which nobody can sign in. A <see cref="TimeProvider"/> is used when registered.
    /// </summary>
    /// <param name="configure">Typically binds <see cref="SmtpSubmissionOptions.Section"/>; checked when the host starts.</param>
    public static IServiceCollection AddSmtpSubmission(this IServiceCollection services, Action<SmtpSubmissionOptions> configure)
    {
        services.AddMetrics();
        services.AddOptions<SmtpSubmissionOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SmtpSubmissionOptions>, SmtpSubmissionOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(Make);
        return services;
    }

    /// <summary>Speaks submission with STARTTLS on this endpoint instead of HTTP (RFC 6409; port 587).</summary>
    public static ListenOptions UseSmtpSubmission(this ListenOptions listen) =>
        listen.Use(listen.ApplicationServices.GetRequiredService<SmtpSubmission>(), startsInTls: false);

    /// <summary>Speaks submission on this endpoint, in TLS from the first octet (RFC 8314 section 3.3; port 465).</summary>
    public static ListenOptions UseSmtpSubmissionTls(this ListenOptions listen) =>
        listen.Use(listen.ApplicationServices.GetRequiredService<SmtpSubmission>(), startsInTls: true);

    private static SmtpSubmission Make(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<SmtpSubmissionOptions>>().Value;
        var time = provider.GetRequiredService<TimeProvider>();
        var pool = new SegmentPool(options.MemoryBudgetBytes);
        var gate = new ConnectionGate(options.MaxConnections, options.MaxConnectionsPerPeer);
        var metrics = SmtpMetrics.OfSubmission(provider.GetRequiredService<IMeterFactory>(), pool, gate);
        var host = provider.GetRequiredService<ISubmissionBackend>();
        var backend = new BackendCalls(host, host, options, time, metrics, provider.GetRequiredService<ILogger<BackendCalls>>());
        return new SmtpSubmission(options, backend, new TlsUpgrade(provider.GetService<ITlsCertificateSource>()), pool, gate, metrics, time);
    }
}
