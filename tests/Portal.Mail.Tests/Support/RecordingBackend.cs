using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using Portal.Mail.Backends;

namespace Portal.Mail.Tests.Support;

/// <summary>Accepts everybody at example.org (the tag is the local part), keeps what it is given, and lets a test decide the replies.</summary>
internal class RecordingBackend : IIntakeBackend
{
    private readonly ConcurrentQueue<SmtpObservation> _observations = new();

    public static readonly SmtpReply Stored = new(250, new(2, 0, 0), "Stored");

    public ConcurrentQueue<RecipientAddress> AskedRecipients { get; } = new();

    public ConcurrentQueue<(MailTransaction Transaction, string Content)> Deliveries { get; } = new();

    /// <summary>The arrays that the last delivery's content lay in.</summary>
    public IReadOnlyList<byte[]> LastArrays { get; private set; } = [];

    public Func<RecipientAddress, SmtpReply>? OnRecipient { get; set; }

    public Func<CancellationToken, ValueTask<SmtpReply>>? OnDeliver { get; set; }

    public Action<SmtpObservation>? OnObserve { get; set; }

    public IEnumerable<SmtpObservation> Refusals => _observations.Where(o => o.Kind == SmtpObservationKind.Refused);

    public IEnumerable<SmtpObservation> Connects => _observations.Where(o => o.Kind == SmtpObservationKind.Connected);

    public ValueTask<RecipientDecision> AcceptRecipientAsync(
        SmtpPeer peer, MailSender sender, RecipientAddress recipient, CancellationToken cancellationToken)
    {
        AskedRecipients.Enqueue(recipient);
        var reply = OnRecipient?.Invoke(recipient)
            ?? (recipient.Domain is "example.org" or ""
                ? new SmtpReply(250, new(2, 1, 5), "Recipient OK")
                : new SmtpReply(550, new(5, 7, 1), "Relaying denied"));
        return ValueTask.FromResult(new RecipientDecision(reply, recipient.LocalPart));
    }

    public async ValueTask<SmtpReply> DeliverAsync(
        MailTransaction transaction, ReadOnlySequence<byte> content, CancellationToken cancellationToken)
    {
        var arrays = new List<byte[]>();
        foreach (var part in content)
        {
            if (MemoryMarshal.TryGetArray(part, out var array))
                arrays.Add(array.Array!);
        }

        LastArrays = arrays;
        Deliveries.Enqueue((transaction, Encoding.Latin1.GetString(content)));
        return OnDeliver is null ? Stored : await OnDeliver(cancellationToken);
    }

    public void Observe(SmtpObservation observation)
    {
        _observations.Enqueue(observation);
        OnObserve?.Invoke(observation);
    }
}
