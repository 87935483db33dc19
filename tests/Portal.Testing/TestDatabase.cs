using Npgsql;

namespace Portal.Testing;

/// <summary>A database of a test class's own, and a connection string to it for each role. Dropped when disposed.</summary>
/// <param name="Superuser">For looking and for breaking things; never for what is under test.</param>
/// <param name="Owner">As migrations connect.</param>
/// <param name="Service">As the portal connects.</param>
/// <param name="Auth">As the authenticator connects.</param>
/// <param name="Readonly">As reports and replicas connect.</param>
public sealed record TestDatabase(string Superuser, string Owner, string Service, string Auth, string Readonly) : IAsyncDisposable
{
    public string Name => new NpgsqlConnectionStringBuilder(Superuser).Database!;

    /// <summary>The database goes down: sessions end and new ones are refused, until <see cref="GoUpAsync"/>. Other databases stay up.</summary>
    public async Task GoDownAsync()
    {
        await ExecuteElsewhereAsync($"ALTER DATABASE {Name} ALLOW_CONNECTIONS false");
        await ExecuteElsewhereAsync($"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{Name}'");
    }

    public Task GoUpAsync() => ExecuteElsewhereAsync($"ALTER DATABASE {Name} ALLOW_CONNECTIONS true");

    /// <summary>Runs a statement as the superuser.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Superuser);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of the first row, as the superuser sees it.</summary>
    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(Superuser);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    public async ValueTask DisposeAsync() => await ExecuteElsewhereAsync($"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");

    private async Task ExecuteElsewhereAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Superuser) { Database = "postgres" }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
