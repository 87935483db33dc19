using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Platform.SystemMail;

namespace Portal.Platform;

/// <summary>The one place that says how <see cref="PlatformContext"/> reaches PostgreSQL; the portal and the migrations console share it.</summary>
public static class PlatformDatabase
{
    /// <summary>Connections in the portal's pool when the connection string names no other number.</summary>
    public const int DefaultPoolSize = 20;

    private const int KeepAliveSeconds = 10;

    /// <param name="builder">The options to fill.</param>
    /// <param name="connectionString">Npgsql connection string; application name and pool size are added when absent.</param>
    /// <param name="migrationsAssembly">The assembly with the migrations; null where nothing migrates.</param>
    public static DbContextOptionsBuilder UsePlatformDatabase(
        this DbContextOptionsBuilder builder, string connectionString, string? migrationsAssembly = null) =>
        builder
            .UseNpgsql(WithDefaults(connectionString), npgsql => npgsql.MigrationsAssembly(migrationsAssembly))
            .UseSnakeCaseNamingConvention()
            .AddInterceptors(SystemMailNotice.Instance);

    internal static DbContextOptionsBuilder UsePlatformDatabase(this DbContextOptionsBuilder builder, NpgsqlDataSource dataSource) =>
        builder.UseNpgsql(dataSource).UseSnakeCaseNamingConvention().AddInterceptors(SystemMailNotice.Instance);

    /// <summary>Whether the fault means that the database cannot be reached or does not answer, rather than that the question was wrong.</summary>
    public static bool IsUnavailable(Exception fault) => fault switch
    {
        TimeoutException => true,
        // FATAL ends or refuses the connection itself: shutting down, not accepting, out of slots.
        PostgresException postgres => postgres.IsTransient || string.Equals(postgres.InvariantSeverity, "FATAL", StringComparison.Ordinal),
        NpgsqlException => true,
        InvalidOperationException or DbUpdateException => fault.InnerException is { } inner && IsUnavailable(inner),
        _ => false,
    };

    internal static string WithDefaults(string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        if (string.IsNullOrEmpty(connection.ApplicationName))
            connection.ApplicationName = "portal-platform";
        if (!connection.ContainsKey("Maximum Pool Size"))
            connection.MaxPoolSize = DefaultPoolSize;
        // A peer that vanished without a word is noticed, also by a connection that only listens.
        if (connection.KeepAlive == 0)
            connection.KeepAlive = KeepAliveSeconds;
        return connection.ConnectionString;
    }
}
