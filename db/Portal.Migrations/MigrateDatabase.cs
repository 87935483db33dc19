using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using Portal.Databases;

namespace Portal.Migrations;

/// <param name="Applied">Migrations run now, in order.</param>
/// <param name="Unknown">Migrations of the database that this version does not have: it was migrated by a newer one, and nothing was done.</param>
internal sealed record MigrationReport(IReadOnlyList<string> Applied, IReadOnlyList<string> Unknown);

/// <summary>Brings one database to this version's schema and grants, as its owner. EF holds a lock meanwhile: two at once wait for each other.</summary>
/// <param name="open">Makes the context; called once.</param>
internal sealed class MigrateDatabase(DatabaseLayout layout, Func<DbContext> open)
{
    public async Task<MigrationReport> RunAsync(CancellationToken cancellation)
    {
        await using var context = open();
        var unknown = await UnknownAsync(context, cancellation);
        if (unknown.Count > 0)
            return new MigrationReport([], unknown);
        var before = await context.Database.GetAppliedMigrationsAsync(cancellation);
        await context.Database.MigrateAsync(cancellation);
        var after = await context.Database.GetAppliedMigrationsAsync(cancellation);
        await GrantAsync(context, cancellation);
        return new MigrationReport([.. after.Except(before, StringComparer.Ordinal)], []);
    }

    /// <summary>Every migration of this version, and whether the database has it.</summary>
    public async Task<IReadOnlyList<(string Name, bool Applied)>> ListAsync(CancellationToken cancellation)
    {
        await using var context = open();
        var applied = (await context.Database.GetAppliedMigrationsAsync(cancellation)).ToHashSet(StringComparer.Ordinal);
        return [.. context.Database.GetMigrations().Select(name => (name, applied.Contains(name)))];
    }

    private static async Task<IReadOnlyList<string>> UnknownAsync(DbContext context, CancellationToken cancellation)
    {
        if (!await context.GetService<IHistoryRepository>().ExistsAsync(cancellation))
            return [];
        var applied = await context.Database.GetAppliedMigrationsAsync(cancellation);
        return [.. applied.Except(context.Database.GetMigrations(), StringComparer.Ordinal)];
    }

    private async Task GrantAsync(DbContext context, CancellationToken cancellation)
    {
        var script = layout == DatabaseLayout.Platform ? "roles/platform-grants.sql" : "roles/vault-grants.sql";
        await context.Database.OpenConnectionAsync(cancellation);
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var command = new NpgsqlCommand("SELECT pg_advisory_xact_lock(hashtext('portal-grants'));\n" + SqlScript.Read(script), connection, transaction);
        await command.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        await context.Database.CloseConnectionAsync();
    }
}
