using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Platform.Accounts;

namespace Portal.Platform.SystemMail;

/// <summary>
/// Calls for work whenever a message was written on any instance, and when the time that the work itself names has come. Holds one
/// connection for as long as it runs; a fault of the connection ends it, and the caller begins anew.
/// </summary>
public sealed class WatchSystemMail(IDbContextFactory<PlatformContext> contexts)
{
    /// <param name="work">Does what is due, and says how long nothing more can be due unless a message is written.</param>
    /// <returns>Only a refusal; otherwise it runs until it is cancelled.</returns>
    public async Task<Failure> HandleAsync(Actor actor, Func<CancellationToken, Task<TimeSpan>> work, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Database.OpenConnectionAsync(cancellationToken);
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        await using (var listen = new NpgsqlCommand("LISTEN " + SystemMailNotice.Channel, connection))
            await listen.ExecuteNonQueryAsync(cancellationToken);
        while (true)
        {
            // A message that is written during the work waits at the connection: the pause ends at once.
            var pause = await work(cancellationToken);
            await connection.WaitAsync(pause, cancellationToken);
        }
    }
}
