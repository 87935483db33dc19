using System.Data.Common;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;
using Portal.Passwords;

namespace Portal.Platform.MotorBlocks;

/// <summary>All motor blocks, as sign-in reads them by the role <c>motorical_auth</c>. They send; they have no mail to read.</summary>
public sealed class MotorBlockPool([FromKeyedServices(typeof(MotorBlockPool))] NpgsqlDataSource dataSource) : ICredentialPool
{
    private const string Columns = """
        SELECT b.id, b.user_id, b.username, b.domain, b.password_id, b.selector, b.password_hash, b.previous_password_id, b.previous_selector,
            b.previous_password_hash, b.previous_valid_until, b.allowed_networks, b.expires_at, b.smtp_enabled, u.status
        FROM motor_blocks b
        JOIN users u ON u.id = b.user_id
        WHERE b.revoked_at IS NULL AND
        """;

    private const string Active = "active";

    public string Name => "motor_block";

    public DbDataSource Connections => dataSource;

    /// <summary>Also of accounts: a suspended one's motor blocks do not work.</summary>
    public IReadOnlyList<string> Channels { get; } = ["platform_motor_blocks", "platform_accounts"];

    public bool Owns(string name) => !name.StartsWith("encimap-", StringComparison.Ordinal) && !name.Contains('@', StringComparison.Ordinal);

    public async Task<Credential?> FindAsync(string name, string? selector, CredentialProtocol protocol, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Columns + " b.username = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        return (await ReadAsync(command, protocol, cancellationToken)).FirstOrDefault();
    }

    public async Task<IReadOnlyList<Credential>> FindAsync(IReadOnlyCollection<Guid> ids, CredentialProtocol protocol, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Columns + " b.id = ANY ($1)");
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. ids] });
        return await ReadAsync(command, protocol, cancellationToken);
    }

    public Guid? ChangedId(string payload)
    {
        var colon = payload.IndexOf(':', StringComparison.Ordinal);
        return payload[..Math.Max(0, colon)] is "block" or "account" && Guid.TryParse(payload.AsSpan(colon + 1), out var id) ? id : null;
    }

    public async Task NoteUsesAsync(IReadOnlyCollection<CredentialUse> uses, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT note_motor_block_uses($1)");
        command.Parameters.Add(new NpgsqlParameter { Value = CredentialUse.ToJson(uses, "block"), NpgsqlDbType = NpgsqlDbType.Jsonb });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<List<Credential>> ReadAsync(NpgsqlCommand command, CredentialProtocol protocol, CancellationToken cancellationToken)
    {
        var found = new List<Credential>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(new Credential(
                reader.GetGuid(0),
                reader.GetGuid(1),
                VaultboxId: null,
                reader.GetString(2),
                reader[3] as string,
                protocol,
                new PasswordPair(
                    reader.GetGuid(4),
                    reader[5] as string,
                    reader.GetString(6),
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
        if (reader["status"] is not Active)
            return CredentialState.Suspended;
        if (protocol != CredentialProtocol.Smtp)
            return CredentialState.OtherProtocol;
        return (bool)reader["smtp_enabled"] ? CredentialState.Active : CredentialState.Paused;
    }
}
