using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;
using Portal.Vault.Certificates;

namespace Portal.Vault.Vaultboxes;

/// <summary>Which of an account's vaultboxes a list shows.</summary>
public static class VaultboxStates
{
    public const string Active = "active";

    /// <summary>Without a key that can be sealed to, or with one that ends within 60 days.</summary>
    public const string Attention = "attention";

    /// <summary>Paused or archived.</summary>
    public const string Resting = "resting";

    public const string Deleted = "deleted";

    public static readonly IReadOnlyList<string> All = [Active, Attention, Resting, Deleted];
}

/// <param name="All">All but the deleted.</param>
/// <param name="StoredBytes">Octets of sealed mail in all of them, those deleted and not yet destroyed included.</param>
public sealed record VaultboxCounts(long All, long Active, long Attention, long Resting, long Deleted, long StoredBytes);

/// <summary>A vaultbox's place in a list.</summary>
internal readonly record struct RankedVaultbox(Guid Id, short Rank, DateTimeOffset At);

/// <summary>
/// Orders all vaultboxes of an account without looking at their mail but for its newest row, and counts them by state. In SQL: each
/// vaultbox's keys are looked at once, whatever they are used for.
/// </summary>
internal sealed class VaultboxRanks([FromKeyedServices(typeof(VaultContext))] NpgsqlDataSource dataSource, TimeProvider time)
{
    /// <summary>A key that ends sooner wants its owner's attention.</summary>
    public static readonly TimeSpan EndsSoon = TimeSpan.FromDays(60);

    /// <summary>$1 owner, $2 pattern of the search or null, $3 now, $4 until when an end is near, $5 since when one is past use.</summary>
    private const string Own = """
        WITH own AS MATERIALIZED (
            SELECT v.id, v.status, v.created_at, v.deleted_at,
                v.status = 'active' AND NOT coalesce(keys.usable, false) AS needs_key,
                v.status = 'active' AND coalesce(keys.ends <= $4, false) AS ends_soon
            FROM vaultboxes v
            CROSS JOIN LATERAL (
                SELECT bool_or(c.not_before <= $3 AND c.not_after > $5) AS usable, min(c.not_after) AS ends
                FROM certificates c
                WHERE c.vaultbox_id = v.id AND c.certificate_type = 'public' AND c.purpose = 'mail' AND c.status = 'active') keys
            WHERE v.user_id = $1 AND ($2 IS NULL OR v.name ILIKE $2 ESCAPE '\' OR v.alias || '@' || v.domain ILIKE $2 ESCAPE '\'
                OR EXISTS (SELECT FROM aliases a WHERE a.vaultbox_id = v.id AND a.deleted_at IS NULL AND a.local_part || '@' || a.domain ILIKE $2 ESCAPE '\')))
        """;

    private const string Counts = Own + """

        SELECT count(*) FILTER (WHERE deleted_at IS NULL),
            count(*) FILTER (WHERE deleted_at IS NULL AND status = 'active'),
            count(*) FILTER (WHERE deleted_at IS NULL AND (needs_key OR ends_soon)),
            count(*) FILTER (WHERE deleted_at IS NULL AND status <> 'active'),
            count(*) FILTER (WHERE deleted_at IS NOT NULL),
            (SELECT coalesce(sum(m.octets), 0)::bigint FROM mailboxes m JOIN vaultboxes v ON v.id = m.vaultbox_id WHERE v.user_id = $1)
        FROM own
        """;

    private const string Ranked = Own + """
        , ranked AS (
            SELECT own.*,
                CASE WHEN deleted_at IS NOT NULL THEN 5 WHEN needs_key THEN 0 WHEN ends_soon THEN 1 WHEN status = 'active' THEN 2 WHEN status = 'paused' THEN 3 ELSE 4 END
                    ::smallint AS rank,
                coalesce(deleted_at, (SELECT max(e.received_at) FROM encrypted_emails e WHERE e.vaultbox_id = own.id), created_at) AS at
            FROM own)
        """;

    /// <summary>$6 how many, $7 to $9 the last of the page before or null.</summary>
    private const string WorstFirst = Ranked + """

        SELECT id, rank, at FROM ranked WHERE {0} AND ($7 IS NULL OR rank > $7 OR (rank = $7 AND (at, id) < ($8, $9)))
        ORDER BY rank, at DESC, id DESC LIMIT $6
        """;

    private const string OldestFirst = Own + """

        SELECT id, 0::smallint, created_at FROM own WHERE {0} AND ($7 IS NULL OR (created_at, id) > ($8, $9))
        ORDER BY created_at, id LIMIT $6
        """;

    private static readonly string[] WorstFirstByState = ByState(WorstFirst);

    private static readonly string[] OldestFirstByState = ByState(OldestFirst);

    public async Task<VaultboxCounts> CountAsync(Guid userId, string? search, CancellationToken cancellationToken)
    {
        await using var command = Command(Counts, userId, search);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new VaultboxCounts(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5));
    }

    /// <param name="state">One of <see cref="VaultboxStates"/>, or null for all but the deleted.</param>
    public async Task<List<RankedVaultbox>> PageAsync(
        Guid userId, string? search, string? state, bool isWorstFirst, int limit, RankedVaultbox? after, CancellationToken cancellationToken)
    {
        var index = state is null ? 0 : 1 + VaultboxStates.All.ToList().IndexOf(state);
        await using var command = Command((isWorstFirst ? WorstFirstByState : OldestFirstByState)[index], userId, search);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        command.Parameters.Add(Nullable(after?.Rank, NpgsqlDbType.Smallint));
        command.Parameters.Add(Nullable(after?.At, NpgsqlDbType.TimestampTz));
        command.Parameters.Add(Nullable(after?.Id, NpgsqlDbType.Uuid));
        var rows = new List<RankedVaultbox>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(new RankedVaultbox(reader.GetGuid(0), reader.GetInt16(1), reader.GetFieldValue<DateTimeOffset>(2)));
        return rows;
    }

    private static string[] ByState(string sql) =>
    [
        sql.Replace("{0}", "deleted_at IS NULL", StringComparison.Ordinal),
        sql.Replace("{0}", "deleted_at IS NULL AND status = 'active'", StringComparison.Ordinal),
        sql.Replace("{0}", "deleted_at IS NULL AND (needs_key OR ends_soon)", StringComparison.Ordinal),
        sql.Replace("{0}", "deleted_at IS NULL AND status <> 'active'", StringComparison.Ordinal),
        sql.Replace("{0}", "deleted_at IS NOT NULL", StringComparison.Ordinal),
    ];

    private NpgsqlCommand Command(string sql, Guid userId, string? search)
    {
        var now = time.GetUtcNow();
        var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        command.Parameters.Add(Nullable(string.IsNullOrWhiteSpace(search) ? null : $"%{Cursor.EscapeLike(search.Trim())}%", NpgsqlDbType.Text));
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now + EndsSoon });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now - CertificatePolicy.Grace });
        return command;
    }

    private static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
