using Npgsql;

namespace Portal.Web.Provisioning.Databases;

/// <summary>Asks one server about one of its databases, with the rights of the service role alone.</summary>
internal static class ReadDatabaseFacts
{
    /// <summary>A server that is slower is told to be away.</summary>
    private const int SecondsToAnswer = 5;

    private const int MostQueries = 10;

    private const string Sizes = """
        SELECT current_setting('server_version'), pg_postmaster_start_time(), pg_database_size(current_database()), pg_is_in_recovery(),
            current_setting('max_connections')::int
        """;

    private const string Connections = """
        SELECT coalesce(application_name, ''), count(*) FILTER (WHERE state = 'active')::int, count(*) FILTER (WHERE state IS DISTINCT FROM 'active')::int
        FROM pg_stat_activity WHERE datname = current_database() GROUP BY 1 ORDER BY 1
        """;

    private const string Replicas = """
        SELECT coalesce(application_name, ''), coalesce(state, ''), coalesce(sync_state, ''), replay_lag FROM pg_stat_replication ORDER BY 1
        """;

    /// <summary>$1 the other database, $2 the role that serves it.</summary>
    private const string Isolation = """
        SELECT 'The role here is no superuser, makes no roles or databases, and cannot pass by row security',
            NOT (rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication) FROM pg_roles WHERE rolname = current_user
        UNION ALL
        SELECT 'The role here cannot connect to the other database',
            coalesce((SELECT NOT has_database_privilege(oid, 'CONNECT') FROM pg_database WHERE datname = $1), true)
        UNION ALL
        SELECT 'The other database’s role cannot connect here',
            coalesce((SELECT NOT has_database_privilege(rolname, current_database(), 'CONNECT') FROM pg_roles WHERE rolname = $2 AND $2 <> current_user), true)
        UNION ALL
        SELECT 'The role here cannot make or change tables', NOT has_schema_privilege('public', 'CREATE')
        """;

    private const string Queries = """
        SELECT left(query, 400), calls, mean_exec_time, total_exec_time FROM pg_stat_statements
        WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND userid = (SELECT oid FROM pg_roles WHERE rolname = current_user)
        ORDER BY total_exec_time DESC LIMIT $1
        """;

    /// <exception cref="NpgsqlException">It does not answer.</exception>
    public static async Task<DatabaseFacts> HandleAsync(string own, string other, CancellationToken cancellationToken)
    {
        var theOther = new NpgsqlConnectionStringBuilder(other);
        var connectionString = new NpgsqlConnectionStringBuilder(own) { Timeout = SecondsToAnswer, CommandTimeout = SecondsToAnswer, Pooling = false, ApplicationName = "health" };
        await using var connection = new NpgsqlConnection(connectionString.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        var sizes = (await RowsAsync(connection, Sizes, [], r =>
            (r.GetString(0), r.GetFieldValue<DateTimeOffset>(1), r.GetInt64(2), r.GetBoolean(3), r.GetInt32(4)), cancellationToken))[0];
        return new DatabaseFacts(
            sizes.Item1, sizes.Item2, sizes.Item3, sizes.Item4, sizes.Item5,
            await RowsAsync(connection, Connections, [], r => new ConnectionUse(r.GetString(0), r.GetInt32(1), r.GetInt32(2)), cancellationToken),
            await RowsAsync(
                connection, Replicas, [], r => new Replica(r.GetString(0), r.GetString(1), r.GetString(2), r.IsDBNull(3) ? null : r.GetFieldValue<TimeSpan>(3)), cancellationToken),
            await RowsAsync(connection, Isolation, [theOther.Database ?? "", theOther.Username ?? ""], r => new IsolationFact(r.GetString(0), r.GetBoolean(1)), cancellationToken),
            await QueriesAsync(connection, cancellationToken));
    }

    private static async Task<IReadOnlyList<SlowQuery>?> QueriesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var isThere = await RowsAsync(
            connection, "SELECT to_regclass('pg_stat_statements') IS NOT NULL AND strpos(current_setting('shared_preload_libraries'), 'pg_stat_statements') > 0", [],
            r => r.GetBoolean(0), cancellationToken);
        return isThere[0]
            ? await RowsAsync(connection, Queries, [MostQueries], r => new SlowQuery(r.GetString(0), r.GetInt64(1), r.GetDouble(2), r.GetDouble(3)), cancellationToken)
            : null;
    }

    private static async Task<List<T>> RowsAsync<T>(
        NpgsqlConnection connection, string sql, IReadOnlyList<object> parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(read(reader));
        return rows;
    }
}
