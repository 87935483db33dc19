using System.Data;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Portal.Vault.Messages;

/// <summary>A sealed message while it is streamed out of the database; dispose it to give the connection back.</summary>
public sealed class SealedContent : IAsyncDisposable
{
    private readonly NpgsqlCommand _command;
    private readonly NpgsqlDataReader _reader;

    internal SealedContent(NpgsqlCommand command, NpgsqlDataReader reader)
    {
        (_command, _reader) = (command, reader);
        Size = reader.GetInt64(0);
        OuterHeaders = reader.GetString(1);
        Receipt = reader.GetString(2);
        Der = reader.GetStream(3);
    }

    /// <summary>Octets of <see cref="Der"/>.</summary>
    public long Size { get; }

    /// <summary>CRLF line endings, without the empty line.</summary>
    public string OuterHeaders { get; }

    /// <summary>Compact JWS.</summary>
    public string Receipt { get; }

    /// <summary>The CMS message; read once, forward.</summary>
    public Stream Der { get; }

    public async ValueTask DisposeAsync()
    {
        await Der.DisposeAsync();
        await _reader.DisposeAsync();
        await _command.DisposeAsync();
    }
}

public sealed record OpenSealedMessageRequest(VaultActor Actor, Guid MessageId);

/// <summary>Streams the sealed form, so that a large message costs no memory here.</summary>
public sealed class OpenSealedMessage([FromKeyedServices(typeof(VaultContext))] NpgsqlDataSource dataSource)
{
    private const string Sql = """
        SELECT e.size, e.outer_headers, e.receipt, e.body_encrypted
        FROM encrypted_emails e JOIN vaultboxes v ON v.id = e.vaultbox_id
        WHERE e.id = $1 AND v.user_id = $2 AND v.deleted_at IS NULL
        """;

    public async Task<VaultResult<SealedContent>> HandleAsync(OpenSealedMessageRequest request, CancellationToken cancellationToken)
    {
        if (request.Actor.IsSupport || !request.Actor.Has(VaultScopes.MessagesRead))
            return request.Actor.Refusal;
        var command = dataSource.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = request.MessageId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = request.Actor.UserId });
        var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess | CommandBehavior.SingleRow, cancellationToken);
        if (await reader.ReadAsync(cancellationToken))
            return new SealedContent(command, reader);
        await reader.DisposeAsync();
        await command.DisposeAsync();
        return VaultProblem.NotFound("message");
    }
}
