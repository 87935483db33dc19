using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Portal.Smime;
using Portal.Vault.ProcessingLog;

namespace Portal.Vault.Intake;

/// <summary>The processing log rows of a delivery, written by the transaction that stores it.</summary>
internal sealed class LogRows(PendingDelivery delivery, SealedMessage message, string instance, TimeProvider time)
{
    private const string Insert = """
        INSERT INTO email_processing_logs (id, occurred_at, passport_id, vaultbox_id, user_id, stage, outcome, smtp_code, enhanced_code,
            reason, peer_ip, peer_name, tls, size_bytes, sender, recipient, certificate_fingerprints, cipher, duration_ms, instance,
            attempt_digest)
        VALUES ($1, $2, $3, $4, $5, $6, 'ok', $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
        """;

    public NpgsqlBatchCommand Accepted() => Row(LogStages.Accepted, delivery.ReceivedAt, size: delivery.Envelope.Content.Length);

    public NpgsqlBatchCommand Sealed() => Row(LogStages.Sealed, delivery.ReceivedAt + delivery.SealedIn, size: message.Der.Length,
        duration: delivery.SealedIn.TotalMilliseconds, reason: message.IsAsItCame ? "Its sender had sealed it; left as it came." : null, isSealed: true);

    public NpgsqlBatchCommand Stored()
    {
        var now = time.GetUtcNow();
        return Row(LogStages.Stored, now, code: 250, size: message.Der.Length, duration: (now - delivery.ReceivedAt).TotalMilliseconds, isSealed: true);
    }

    public NpgsqlBatchCommand Duplicate(Guid originalPassportId) => Row(LogStages.Duplicate, time.GetUtcNow(), code: 250,
        size: delivery.Envelope.Content.Length, reason: string.Create(CultureInfo.InvariantCulture, $"Stored before, as {originalPassportId}."));

    private NpgsqlBatchCommand Row(
        string stage, DateTimeOffset at, int? code = null, long? size = null, double? duration = null, string? reason = null, bool isSealed = false)
    {
        var command = new NpgsqlBatchCommand(Insert);
        var p = command.Parameters;
        p.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7(at) });
        p.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = at });
        p.Add(new NpgsqlParameter<Guid> { TypedValue = delivery.Envelope.PassportId });
        p.Add(new NpgsqlParameter<Guid> { TypedValue = delivery.Recipient.VaultboxId });
        p.Add(new NpgsqlParameter<Guid> { TypedValue = delivery.Recipient.UserId });
        p.Add(new NpgsqlParameter<string> { TypedValue = stage });
        p.Add(Nullable(code, NpgsqlDbType.Integer));
        p.Add(Nullable(code is null ? null : "2.0.0", NpgsqlDbType.Text));
        p.Add(Nullable(reason, NpgsqlDbType.Text));
        var peer = delivery.Envelope.Peer;
        p.Add(Nullable(peer.IsAuthenticated ? null : peer.Address, NpgsqlDbType.Inet));
        p.Add(Nullable(peer.IsAuthenticated ? null : LogText.Cap(peer.Name, 255), NpgsqlDbType.Text));
        p.Add(Nullable(peer.Tls, NpgsqlDbType.Text));
        p.Add(Nullable(size, NpgsqlDbType.Bigint));
        p.Add(Nullable(LogText.Address(delivery.VisibleSender), NpgsqlDbType.Text));
        p.Add(Nullable(LogText.Address(delivery.Recipient.Address), NpgsqlDbType.Text));
        p.Add(Nullable(isSealed ? message.Fingerprints.ToArray() : null, NpgsqlDbType.Array | NpgsqlDbType.Text));
        p.Add(Nullable(isSealed ? message.Cipher : null, NpgsqlDbType.Text));
        p.Add(Nullable(duration, NpgsqlDbType.Double));
        p.Add(new NpgsqlParameter<string> { TypedValue = instance });
        // Sealing and storing belong to the try that was accepted.
        p.Add(Nullable(stage is LogStages.Accepted or LogStages.Duplicate ? delivery.AttemptDigest() : null, NpgsqlDbType.Bytea));
        return command;
    }

    private static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
