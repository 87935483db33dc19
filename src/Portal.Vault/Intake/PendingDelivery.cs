namespace Portal.Vault.Intake;

/// <summary>One recipient's copy on its way from DATA to COMMIT.</summary>
internal sealed class PendingDelivery(
    IntakeEnvelope envelope, IntakeRecipient recipient, SealingKeys keys, DateTimeOffset receivedAt, DeliveryDigest digest)
{
    public Guid MessageId { get; } = Guid.CreateVersion7(receivedAt);

    public IntakeEnvelope Envelope => envelope;

    public IntakeRecipient Recipient => recipient;

    public SealingKeys Keys => keys;

    public DateTimeOffset ReceivedAt => receivedAt;

    /// <summary>How long sealing took.</summary>
    public TimeSpan SealedIn { get; set; }

    /// <summary>The envelope sender as far as the vaultbox's metadata policy lets it be written down.</summary>
    public string? VisibleSender => SenderPolicy.Apply(keys.MetadataPolicy, envelope.Sender);

    /// <summary>
    /// Null for users of ours: where they write from is nothing that the recipient's rows may tell. Null where the sender may not be
    /// written down: equal digests would tell which stored mail is of one sender.
    /// </summary>
    public byte[]? AttemptDigest() => envelope.Peer.IsAuthenticated || keys.MetadataPolicy != SenderPolicy.Full
        ? null
        : digest.OfAttempt(envelope.Peer.Address, envelope.Sender, recipient.Address);

    public byte[] Digest() => digest.Of(envelope.Sender, recipient.Address, envelope.Identity);
}
