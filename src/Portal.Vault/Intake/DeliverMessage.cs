using Microsoft.Extensions.Logging;
using Npgsql;
using Portal.Smime;

namespace Portal.Vault.Intake;

public enum DeliveryOutcome
{
    /// <summary>Every recipient's copy is committed, or was before.</summary>
    Stored,

    /// <summary>Nothing is kept; the sender should try again (451).</summary>
    Deferred,

    /// <summary>Nothing is kept; the database or the memory for sealing has no room (452).</summary>
    OutOfSpace,

    /// <summary>Nothing is kept; the only recipient's address has taken all the messages that it may (550).</summary>
    UsedUp,
}

/// <param name="Reason">For the log; never sent to the peer.</param>
public sealed record DeliveryResult(DeliveryOutcome Outcome, string? Reason);

/// <summary>Names the host in trace headers.</summary>
public sealed record IntakeIdentity(string HostName);

/// <summary>
/// Seals a message for each of its recipients and stores all copies in one transaction. Answers only after COMMIT; whatever goes
/// wrong before leaves nothing behind. At most one sealed copy is in memory at a time.
/// </summary>
public sealed class DeliverMessage
{
    private readonly SealingKeyReader _keys;
    private readonly SealingQueue _queue;
    private readonly MessageStore _store;
    private readonly DeliveryDigest _digest;
    private readonly ReceiptSigner _receipts;
    private readonly IntakeIdentity _identity;
    private readonly TimeProvider _time;
    private readonly ILogger<DeliverMessage> _logger;

    internal DeliverMessage(
        SealingKeyReader keys,
        SealingQueue queue,
        MessageStore store,
        DeliveryDigest digest,
        ReceiptSigner receipts,
        IntakeIdentity identity,
        TimeProvider time,
        ILogger<DeliverMessage> logger) =>
        (_keys, _queue, _store, _digest, _receipts, _identity, _time, _logger) = (keys, queue, store, digest, receipts, identity, time, logger);

    public async Task<DeliveryResult> HandleAsync(IntakeEnvelope envelope, CancellationToken cancellationToken)
    {
        try
        {
            return await SealAndStoreAsync(envelope, cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState.StartsWith("53", StringComparison.Ordinal))
        {
            _logger.NoRoom(envelope.PassportId, e.SqlState);
            return new DeliveryResult(DeliveryOutcome.OutOfSpace, $"The vault database is out of resources ({e.SqlState}).");
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            _logger.StoringFailed(envelope.PassportId, e);
            return new DeliveryResult(DeliveryOutcome.Deferred, "The vault database did not answer.");
        }
        catch (SealingException e)
        {
            _logger.SealingFailed(envelope.PassportId, e);
            return new DeliveryResult(DeliveryOutcome.Deferred, "Sealing failed: a certificate could not be used.");
        }
    }

    private async Task<DeliveryResult> SealAndStoreAsync(IntakeEnvelope envelope, CancellationToken cancellationToken)
    {
        var receivedAt = _time.GetUtcNow();
        // One copy a vaultbox, and always in mailbox order: two transactions can never wait for each other.
        var recipients = envelope.Recipients.DistinctBy(r => r.VaultboxId).OrderBy(r => r.MailboxId).ToList();
        var keys = new List<SealingKeys>(recipients.Count);
        foreach (var recipient in recipients)
        {
            var (found, reason) = await _keys.ReadAsync(recipient.VaultboxId, cancellationToken);
            if (found is null)
                return new DeliveryResult(DeliveryOutcome.Deferred, reason);
            keys.Add(found);
        }

        // Before the database is asked for anything: who waits for room must hold nothing that another waits for.
        using var room = await _queue.TakeAsync(keys.Max(k => MessageSealer.RoomFor(envelope.Content.Length, k.Mail)), cancellationToken);
        if (room is null)
            return new DeliveryResult(DeliveryOutcome.OutOfSpace, "There was no room to seal the message in.");
        await using var transaction = _store.NewTransaction();
        for (var i = 0; i < recipients.Count; i++)
        {
            var delivery = new PendingDelivery(envelope, recipients[i], keys[i], receivedAt, _digest);
            using var message = Seal(delivery, room);
            var stored = await transaction.AddAsync(delivery, message, _receipts, cancellationToken);
            if (stored != StoreOutcome.Stored)
                return Turned(stored, isAlone: envelope.Recipients.Count == 1);
        }

        await transaction.CommitAsync(cancellationToken);
        return new DeliveryResult(DeliveryOutcome.Stored, null);
    }

    /// <summary>
    /// Another message took the last place between this one's RCPT and here. One reply stands for all recipients: 550 would bounce the
    /// others' copies, and 250 would lose this one without a word. So a message to several is put off as a whole, and at the next try
    /// RCPT refuses this address alone.
    /// </summary>
    private static DeliveryResult Turned(StoreOutcome outcome, bool isAlone) => (outcome, isAlone) switch
    {
        (StoreOutcome.UsedUp, true) => new DeliveryResult(DeliveryOutcome.UsedUp, "The address has taken all the messages that it may."),
        (StoreOutcome.UsedUp, false) => new DeliveryResult(DeliveryOutcome.Deferred, "One of the addresses has just taken all the messages that it may."),
        _ => new DeliveryResult(DeliveryOutcome.Deferred, "The vaultbox was destroyed meanwhile."),
    };

    private SealedMessage Seal(PendingDelivery delivery, SealingRoom room)
    {
        var started = _time.GetTimestamp();
        var request = new SealingRequest
        {
            Original = delivery.Envelope.Content,
            TraceHeaders = TraceHeaders.For(delivery.Envelope, delivery.Recipient, _identity.HostName, delivery.ReceivedAt),
            Recipients = delivery.Keys.Mail,
            Policy = delivery.Keys.HeaderPolicy,
            Cipher = delivery.Keys.Cipher,
            VaultboxId = delivery.Recipient.VaultboxId,
            MessageId = delivery.MessageId,
            VaultboxAddress = delivery.Keys.Address,
            ReceivedAt = delivery.ReceivedAt,
            PortalKey = delivery.Keys.Portal,
        };
        var message = (delivery.Keys.LeavesEncrypted ? SealedBySender.TryKeep(request, room) : null) ?? MessageSealer.Seal(request, room);
        delivery.SealedIn = _time.GetElapsedTime(started);
        return message;
    }
}
