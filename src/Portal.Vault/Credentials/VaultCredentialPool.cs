using System.Data.Common;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;
using Portal.Passwords;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Credentials;

/// <summary>
/// The devices of all vaultboxes, as sign-in reads them by the role <c>encimap_auth</c>. A name is a device's own
/// (<c>encimap-…</c>), or any address of its vaultbox: then the password's leading group tells which of its devices is meant. Of a deleted vaultbox there is none.
/// </summary>
public sealed class VaultCredentialPool([FromKeyedServices(typeof(VaultCredentialPool))] NpgsqlDataSource dataSource) : ICredentialPool
{
    private const string Columns = """
        SELECT d.id, d.user_id, d.vaultbox_id, d.username, d.password_id, d.selector,
            CASE WHEN $1 THEN coalesce(i.password_hash, s.password_hash) ELSE coalesce(s.password_hash, i.password_hash) END AS password_hash,
            d.previous_password_id, d.previous_selector,
            CASE WHEN $1 THEN coalesce(i.previous_password_hash, s.previous_password_hash)
                ELSE coalesce(s.previous_password_hash, i.previous_password_hash) END AS previous_password_hash,
            d.previous_valid_until, d.allowed_networks, d.expires_at,
            CASE WHEN $1 THEN i.device_id IS NOT NULL ELSE s.device_id IS NOT NULL END AS has_protocol,
            v.status, v.smtp_enabled, o.user_id IS NOT NULL AS suspended
        FROM devices d
        LEFT JOIN vaultboxes v ON v.id = d.vaultbox_id
        LEFT JOIN vaultbox_smtp_credentials s ON s.device_id = d.id
        LEFT JOIN imap_app_credentials i ON i.device_id = d.id AND i.revoked_at IS NULL
        LEFT JOIN suspended_owners o ON o.user_id = d.user_id
        """;

    private const string ByUsername = Columns + """

        WHERE d.username = $2 AND d.revoked_at IS NULL AND v.deleted_at IS NULL
        """;

    private const string ByAddress = Columns + """

        JOIN aliases a ON a.vaultbox_id = d.vaultbox_id
        WHERE a.local_part = $2 AND a.domain = $3 AND a.deleted_at IS NULL AND a.kind <> 'catch_all' AND d.revoked_at IS NULL AND v.deleted_at IS NULL
            AND (d.selector = $4 OR d.previous_selector = $4)
        ORDER BY has_protocol DESC, d.selector = $4 DESC LIMIT 1
        """;

    private const string ByIds = Columns + """

        WHERE d.id = ANY ($2) AND d.revoked_at IS NULL AND v.deleted_at IS NULL
        """;

    public string Name => "vaultbox";

    public DbDataSource Connections => dataSource;

    public IReadOnlyList<string> Channels { get; } = ["vault_credentials"];

    public bool Owns(string name) => name.StartsWith("encimap-", StringComparison.Ordinal) || name.Contains('@', StringComparison.Ordinal);

    public async Task<Credential?> FindAsync(string name, string? selector, CredentialProtocol protocol, CancellationToken cancellationToken)
    {
        var at = name.LastIndexOf('@');
        await using var command = at < 0
            ? Command(ByUsername, protocol, new NpgsqlParameter<string> { TypedValue = name })
            : Command(
                ByAddress,
                protocol,
                new NpgsqlParameter<string> { TypedValue = name[..at] },
                new NpgsqlParameter<string> { TypedValue = name[(at + 1)..] },
                new NpgsqlParameter { Value = (object?)selector ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        return (await ReadAsync(command, protocol, cancellationToken)).FirstOrDefault();
    }

    public async Task<IReadOnlyList<Credential>> FindAsync(IReadOnlyCollection<Guid> ids, CredentialProtocol protocol, CancellationToken cancellationToken)
    {
        await using var command = Command(ByIds, protocol, new NpgsqlParameter<Guid[]> { TypedValue = [.. ids] });
        return await ReadAsync(command, protocol, cancellationToken);
    }

    public Guid? ChangedId(string payload)
    {
        var colon = payload.IndexOf(':', StringComparison.Ordinal);
        return payload[..Math.Max(0, colon)] is "device" or "vaultbox" or "owner" && Guid.TryParse(payload.AsSpan(colon + 1), out var id) ? id : null;
    }

    public async Task NoteUsesAsync(IReadOnlyCollection<CredentialUse> uses, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT note_device_uses($1)");
        command.Parameters.Add(new NpgsqlParameter { Value = CredentialUse.ToJson(uses, "device"), NpgsqlDbType = NpgsqlDbType.Jsonb });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Command(string sql, CredentialProtocol protocol, params NpgsqlParameter[] parameters)
    {
        var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = protocol == CredentialProtocol.Imap });
        command.Parameters.AddRange(parameters);
        return command;
    }

    private static async Task<List<Credential>> ReadAsync(NpgsqlCommand command, CredentialProtocol protocol, CancellationToken cancellationToken)
    {
        var found = new List<Credential>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            // A device whose every protocol was taken off is about to be revoked.
            if (reader["password_hash"] is not string hash)
                continue;
            found.Add(new Credential(
                reader.GetGuid(0),
                reader.GetGuid(1),
                reader[2] as Guid?,
                reader.GetString(3),
                Domain: null,
                protocol,
                new PasswordPair(
                    reader.GetGuid(4),
                    reader[5] as string,
                    hash,
                    reader[7] as Guid?,
                    reader[8] as string,
                    reader[9] as string,
                    await reader.IsDBNullAsync(10, cancellationToken) ? null : reader.GetFieldValue<DateTimeOffset>(10)),
                await reader.IsDBNullAsync(11, cancellationToken) ? [] : reader.GetFieldValue<IPNetwork[]>(11),
                await reader.IsDBNullAsync(12, cancellationToken) ? null : reader.GetFieldValue<DateTimeOffset>(12),
                StateOf(reader, protocol)));
        }

        return found;
    }

    private static CredentialState StateOf(NpgsqlDataReader reader, CredentialProtocol protocol)
    {
        if ((bool)reader["suspended"])
            return CredentialState.Suspended;
        if (!(bool)reader["has_protocol"])
            return CredentialState.OtherProtocol;
        // A vaultbox that is paused or archived sends nothing; what it holds can still be read.
        var sends = reader["status"] is VaultboxStatus.Active && reader["smtp_enabled"] is true;
        return protocol == CredentialProtocol.Smtp && !sends ? CredentialState.Paused : CredentialState.Active;
    }
}
