using Microsoft.Extensions.Options;
using Npgsql;
using Portal.Platform;
using Portal.Vault;
using Portal.Web.Hosting;

namespace Portal.Web.MailAuthentication;

internal static class MailAuthenticationHosting
{
    /// <summary>Connections in each pool that only checks passwords.</summary>
    private const int PoolSize = 10;

    /// <summary>Seconds after which a connection that nobody uses is closed.</summary>
    private const int IdleSeconds = 30;

    /// <summary>Seconds that a mail program is kept waiting for a database that does not answer, before it is told to come back.</summary>
    private const int AnswerSeconds = 5;

    private const int KeepAliveSeconds = 5;

    /// <summary>Sign-in for the mail servers of this instance.</summary>
    public static IServiceCollection AddMailAuthentication(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MailAuthenticationOptions>().Bind(configuration.GetSection(MailAuthenticationOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailAuthenticationOptions>, MailAuthenticationOptionsValidator>();
        services.AddMotorBlockSignIn(WithDefaults(ConnectionStrings.PlatformAuth(configuration), "portal-auth-motor-blocks"));
        services.AddVaultSignIn(WithDefaults(ConnectionStrings.VaultAuth(configuration), "portal-auth-vaultboxes"));
        services.AddSingleton<CredentialPools>().AddSingleton<CheckedPasswords>();
        services.AddSingleton<MailAuthenticationMetrics>().AddSingleton<MailAuthenticator>();
        return services.AddHosted<CredentialUses>().AddHosted<LiveSignIns>().AddHosted<CredentialWatch>();
    }

    private static string WithDefaults(string connectionString, string name)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        if (string.IsNullOrEmpty(builder.ApplicationName))
            builder.ApplicationName = name;
        if (!builder.ContainsKey("Maximum Pool Size"))
            builder.MaxPoolSize = PoolSize;
        if (!builder.ContainsKey("Connection Idle Lifetime"))
            builder.ConnectionIdleLifetime = IdleSeconds;
        if (!builder.ContainsKey("Timeout"))
            builder.Timeout = AnswerSeconds;
        if (!builder.ContainsKey("Command Timeout"))
            builder.CommandTimeout = AnswerSeconds;
        // A peer that vanished without a word is noticed, also by the connection that only listens.
        if (builder.KeepAlive == 0)
            builder.KeepAlive = KeepAliveSeconds;
        return builder.ConnectionString;
    }

    private static IServiceCollection AddHosted<T>(this IServiceCollection services)
        where T : class, IHostedService =>
        services.AddSingleton<T>().AddHostedService(provider => provider.GetRequiredService<T>());
}
