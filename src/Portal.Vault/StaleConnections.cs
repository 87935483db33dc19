using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Portal.Vault;

/// <summary>
/// A server that was restarted leaves a pool full of connections that it has closed. The first command that finds one out empties the
/// pool, so that one mail is deferred and not one for each of them.
/// </summary>
internal sealed class StaleConnections(NpgsqlDataSource dataSource) : DbCommandInterceptor
{
    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        if (IsLost(eventData.Exception))
            dataSource.Clear();
        return Task.CompletedTask;
    }

    /// <summary>Broken on the way, or ended by the server: shut down by an administrator, crashed (class 57P).</summary>
    private static bool IsLost(Exception fault) => fault switch
    {
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown,
        NpgsqlException { InnerException: IOException } => true,
        _ => false,
    };
}
