using Npgsql;
using Portal.Databases;

namespace Portal.Migrations;

/// <summary>
/// Proves by trying that each role stays within its database and its rights. Every attempt runs in a transaction that is rolled
/// back, so one that succeeds does no harm; and counts as refused only when PostgreSQL names missing rights as the reason.
/// </summary>
/// <param name="platform">Connection string to the platform database for a role.</param>
/// <param name="vault">The same to the vault database.</param>
/// <param name="report">Gets one line for each attempt.</param>
internal sealed class CheckIsolation(Func<string, string> platform, Func<string, string> vault, TextWriter report)
{
    private const string Refused = PostgresErrorCodes.InsufficientPrivilege;

    /// <param name="owners">Whether the owner roles' passwords are at hand, so that they are tried too.</param>
    /// <returns>The number of attempts that did not end as they must.</returns>
    public async Task<int> RunAsync(bool owners, CancellationToken cancellation)
    {
        var failures = 0;
        failures += await ConnectElsewhereAsync(DatabaseLayout.Platform, vault, DatabaseLayout.Vault.Database, owners, cancellation);
        failures += await ConnectElsewhereAsync(DatabaseLayout.Vault, platform, DatabaseLayout.Platform.Database, owners, cancellation);
        foreach (var attempt in IsolationCase.Read(SqlScript.Read("checks/platform-isolation.sql")))
            failures += await TryAsync(attempt, platform(attempt.Role), cancellation);
        foreach (var attempt in IsolationCase.Read(SqlScript.Read("checks/vault-isolation.sql")))
            failures += await TryAsync(attempt, vault(attempt.Role), cancellation);
        return failures;
    }

    private async Task<int> ConnectElsewhereAsync(
        DatabaseLayout own, Func<string, string> other, string otherName, bool owners, CancellationToken cancellation)
    {
        var failures = 0;
        string[] roles = owners ? [own.Owner, own.Service, own.Auth, own.Readonly] : [own.Service, own.Auth, own.Readonly];
        foreach (var role in roles)
            failures += await TryAsync(new IsolationCase(role, Allowed: false, $"connect to {otherName}", "SELECT 1;"), other(role), cancellation);
        return failures;
    }

    private async Task<int> TryAsync(IsolationCase attempt, string connectionString, CancellationToken cancellation)
    {
        var error = await RunAndRollBackAsync(attempt.Statement, connectionString, cancellation);
        var right = attempt.Allowed ? error is null : error is { SqlState: Refused };
        var outcome = error switch
        {
            null => "succeeded",
            { SqlState: Refused } => "refused",
            _ => $"failed for another reason, {error.SqlState}: {error.MessageText}",
        };
        await report.WriteLineAsync($"{(right ? "ok    " : "WRONG ")} {attempt.Role,-20} {attempt.Act}: {outcome}");
        return right ? 0 : 1;
    }

    private static async Task<PostgresException?> RunAndRollBackAsync(string statement, string connectionString, CancellationToken cancellation)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(cancellation);
            // Read write: a role's read-only default must not be what stands between it and a change.
            await using var command = new NpgsqlCommand($"BEGIN READ WRITE; SET LOCAL lock_timeout = '5s'; {statement} ROLLBACK;", connection);
            await command.ExecuteNonQueryAsync(cancellation);
            return null;
        }
        catch (PostgresException refused)
        {
            return refused;
        }
    }
}
