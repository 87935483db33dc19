using System.Diagnostics.Metrics;
using Portal.Smime;

namespace Portal.Vault.Intake;

/// <summary>What sealing holds in memory, and what stands in its way; no tags, for these would name vaultboxes.</summary>
internal sealed class SealingMetrics
{
    public const string MeterName = "Portal.Vault.Sealing";

    private readonly Counter<long> noRoom;
    private readonly Counter<long> foreignKeys;

    public SealingMetrics(IMeterFactory factory, SealingMemory memory)
    {
        var meter = factory.Create(MeterName);
        noRoom = meter.CreateCounter<long>("portal.sealing.no_room", "{message}", "Messages put off because there was no room to seal them in");
        foreignKeys = meter.CreateCounter<long>("portal.sealing.foreign_keys", "{message}", "Messages put off because a key is not bound to its vaultbox");
        meter.CreateObservableGauge("portal.sealing.memory.held", () => memory.HeldBytes, "By", "Buffers of sealed messages, in use or kept");
        meter.CreateObservableGauge("portal.sealing.memory.budget", () => memory.BudgetBytes, "By", "Most that they may take");
        meter.CreateObservableGauge("portal.sealing.waiting", () => memory.Waiting, "{message}", "Messages that wait for room");
    }

    public void FoundNoRoom() => noRoom.Add(1);

    public void FoundForeignKey() => foreignKeys.Add(1);
}
