using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;
using Portal.Smime;
using Portal.Vault.Messages;
using Portal.Vault.ProcessingLog;

namespace Portal.Vault.Intake;

internal enum StoreOutcome
{
    Stored,

    /// <summary>The vaultbox was destroyed since RCPT, or every key that the message was sealed to was deleted.</summary>
    Gone,

    /// <summary>The alias has taken as many messages as it may.</summary>
    UsedUp,
}

/// <summary>Stores sealed messages; plain Npgsql, since this is the path every mail takes.</summary>
internal sealed class MessageStore(
    [FromKeyedServices(typeof(VaultContext))] NpgsqlDataSource dataSource,
    MailArrivals arrivals,
    ProcessingLogWriter log,
    ProcessingLogSignal signal,
    CommitTimes commits,
    TimeProvider time)
{
    public StoreTransaction NewTransaction() => new(dataSource, arrivals, signal, commits, log.Instance, time);
}

/// <summary>
/// One transaction over all recipients of a message. The connection is taken with the first sealed copy, not before. Each mailbox row
/// is locked only by the statement that gives the UID, in mailbox order.
/// </summary>
internal sealed class StoreTransaction(
    NpgsqlDataSource dataSource, MailArrivals arrivals, ProcessingLogSignal signal, CommitTimes commits, string instance, TimeProvider time) : IAsyncDisposable
{
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;
    private readonly List<PendingDelivery> _stored = [];

    /// <returns>Anything but stored: the transaction must be given up, and nothing of it is kept.</returns>
    public async Task<StoreOutcome> AddAsync(PendingDelivery delivery, SealedMessage message, ReceiptSigner receipts, CancellationToken cancellationToken)
    {
        if (_connection is null)
        {
            _connection = await dataSource.OpenConnectionAsync(cancellationToken);
            _transaction = await _connection.BeginTransactionAsync(cancellationToken);
        }

        // Without a Message-ID nothing is taken for a duplicate: a random digest never meets itself again.
        var original = message.MessageIdHeader is null ? null : await FirstDeliveryAsync(delivery, cancellationToken);
        await using var batch = new NpgsqlBatch(_connection, _transaction);
        var rows = new LogRows(delivery, message, instance, time);
        if (original is { } passportId)
        {
            batch.BatchCommands.Add(rows.Duplicate(passportId));
        }
        else
        {
            batch.BatchCommands.Add(InsertMessage(delivery, message, receipts));
            batch.BatchCommands.Add(CountMessage(delivery));
            batch.BatchCommands.Add(CountKeys(delivery, message));
            batch.BatchCommands.Add(rows.Accepted());
            batch.BatchCommands.Add(rows.Sealed());
            batch.BatchCommands.Add(rows.Stored());
            _stored.Add(delivery);
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
        if (batch.BatchCommands[0].RecordsAffected != 1 || (original is null && batch.BatchCommands[2].Rows == 0))
            return StoreOutcome.Gone;
        return original is not null || batch.BatchCommands[1].RecordsAffected == 1 ? StoreOutcome.Stored : StoreOutcome.UsedUp;
    }

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (_transaction is not null)
        {
            var started = time.GetTimestamp();
            await _transaction.CommitAsync(cancellationToken);
            commits.Note(time.GetElapsedTime(started));
        }

        signal.Announce();
        foreach (var delivery in _stored)
            arrivals.Announce(delivery.Recipient.VaultboxId, delivery.MessageId);
    }

    public async ValueTask DisposeAsync()
    {
        if (_transaction is not null)
            await _transaction.DisposeAsync();
        if (_connection is not null)
            await _connection.DisposeAsync();
    }

    /// <summary>
    /// Claims the digest. Null when this delivery is the first; else the passport of the one already stored. A concurrent twin
    /// waits here until the first has committed or gone.
    /// </summary>
    private async Task<Guid?> FirstDeliveryAsync(PendingDelivery delivery, CancellationToken cancellationToken)
    {
        const string Claim = """
            INSERT INTO deliveries AS d (vaultbox_id, digest, passport_id, expires_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (vaultbox_id, digest) DO UPDATE SET
                passport_id = CASE WHEN d.expires_at <= $5 THEN excluded.passport_id ELSE d.passport_id END,
                expires_at = CASE WHEN d.expires_at <= $5 THEN excluded.expires_at ELSE d.expires_at END
            RETURNING passport_id
            """;
        await using var command = new NpgsqlCommand(Claim, _connection, _transaction);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = delivery.Recipient.VaultboxId });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = delivery.Digest() });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = delivery.Envelope.PassportId });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = delivery.ReceivedAt + DeliveryDigest.Lifetime });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = delivery.ReceivedAt });
        var passportId = (Guid)(await command.ExecuteScalarAsync(cancellationToken))!;
        return passportId == delivery.Envelope.PassportId ? null : passportId;
    }

    /// <summary>
    /// Counts the message at the alias that it came through, unless that is used up. Behind the mailbox's lock, which those who destroy
    /// a vaultbox take first; messages that come at once wait for each other's commit at the alias's row, so the limit is never passed.
    /// </summary>
    private static NpgsqlBatchCommand CountMessage(PendingDelivery delivery)
    {
        var command = new NpgsqlBatchCommand(
            """
            UPDATE aliases SET message_count = message_count + 1, last_used_at = greatest(last_used_at, $2)
            WHERE id = $1 AND (max_messages IS NULL OR message_count < max_messages)
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = delivery.Recipient.AliasId });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = delivery.ReceivedAt });
        return command;
    }

    /// <summary>
    /// A row for each key that opens it and is still there. A statement of its own, behind the mailbox's lock: who deletes a key takes that
    /// first, so a message is either counted by the deletion or knows of it.
    /// </summary>
    private static NpgsqlBatchCommand CountKeys(PendingDelivery delivery, SealedMessage message)
    {
        var command = new NpgsqlBatchCommand(
            "SELECT FROM certificates WHERE vaultbox_id = $1 AND certificate_type = 'public' AND purpose = 'mail' AND fingerprint_sha256 = ANY($2)");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = delivery.Recipient.VaultboxId });
        command.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = SealedTo(message) });
        return command;
    }

    private static byte[][] SealedTo(SealedMessage message) => [.. message.Fingerprints.Order(StringComparer.Ordinal).Select(Convert.FromHexString)];

    private static NpgsqlBatchCommand InsertMessage(PendingDelivery delivery, SealedMessage message, ReceiptSigner receipts)
    {
        const string Insert = """
            WITH mailbox AS (
                UPDATE mailboxes SET uid_next = uid_next + 1, highest_mod_seq = highest_mod_seq + 1
                WHERE id = $3 RETURNING uid_next - 1 AS uid, highest_mod_seq AS mod_seq)
            INSERT INTO encrypted_emails (id, vaultbox_id, mailbox_id, uid, mod_seq, message_id, sender, recipient, subject_encrypted,
                body_encrypted, encryption_method, flags, size, content_type, outer_headers, content_sha256, receipt, passport_id,
                received_at, processed_at, sealed_to)
            SELECT $1, $2, $3, mailbox.uid, mailbox.mod_seq, $4, $5, $6, $7, $8, $16, '{}', $9, 'application/pkcs7-mime', $10, $11,
                $12, $13, $14, now(), $15
            FROM mailbox
            """;
        var claims = new ReceiptClaims(delivery.MessageId, delivery.Recipient.VaultboxId, message.Cipher, message.ContentSha256,
            message.DerSha256, message.SummarySha256, message.Der.Length, message.Fingerprints, delivery.ReceivedAt)
        {
            IsSealedBySender = message.IsAsItCame,
        };
        var command = new NpgsqlBatchCommand(Insert);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = delivery.MessageId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = delivery.Recipient.VaultboxId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = delivery.Recipient.MailboxId });
        command.Parameters.Add(Text(MessageIdOf(delivery, message)));
        command.Parameters.Add(Text(LogText.Cap(delivery.VisibleSender, 320)));
        command.Parameters.Add(Text(LogText.Cap(delivery.Recipient.Address, 320)));
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)message.Summary ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea });
        command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = message.Der, NpgsqlDbType = NpgsqlDbType.Bytea });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = message.Der.Length });
        command.Parameters.Add(Text(message.OuterHeaders));
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = Convert.FromHexString(message.ContentSha256) });
        command.Parameters.Add(Text(receipts.Sign(claims)));
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = delivery.Envelope.PassportId });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = delivery.ReceivedAt });
        command.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = SealedTo(message) });
        command.Parameters.Add(Text($"S/MIME {message.Cipher}"));
        return command;
    }

    private static string MessageIdOf(PendingDelivery delivery, SealedMessage message) =>
        LogText.Cap(message.Outer.MessageId, 998) ?? string.Create(CultureInfo.InvariantCulture, $"<{delivery.MessageId}>");

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}
