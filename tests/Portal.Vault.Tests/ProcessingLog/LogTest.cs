using System.Net;
using Portal.Vault.ProcessingLog;

namespace Portal.Vault.Tests.ProcessingLog;

/// <summary>Rows of the log as the writer writes them, and what is asked of it.</summary>
public abstract class LogTest(VaultFixture vault)
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected VaultFixture Vault => vault;

    /// <summary>A refusal of a moment ago.</summary>
    protected LogRow Row() => new() { OccurredAt = vault.Time.GetUtcNow().AddSeconds(-1), PassportId = Guid.CreateVersion7() };

    protected async Task WriteAsync(params LogRow[] rows)
    {
        using var writer = vault.Create<ProcessingLogWriter>();
        foreach (var row in rows)
            writer.Write(row.Build());
        await using (await VaultFixture.StartAsync(writer))
        {
            // Stopping writes what waits.
        }
    }

    protected async Task<IReadOnlyList<Guid>> ListAsync(ListProcessingLogRequest request)
    {
        var listed = await vault.Get<ListProcessingLog>().HandleAsync(request, Cancel);
        Assert.True(listed.Succeeded, listed.Problem?.Detail);
        return [.. listed.Value.Items.Select(l => l.PassportId)];
    }

    protected async Task<LogChart> CountAsync(ListProcessingLogRequest request)
    {
        var counted = await vault.Get<CountProcessingLog>().HandleAsync(new CountProcessingLogRequest(request), Cancel);
        Assert.True(counted.Succeeded, counted.Problem?.Detail);
        return counted.Value;
    }
}

public sealed record LogRow
{
    public required DateTimeOffset OccurredAt { get; init; }

    public required Guid PassportId { get; init; }

    public Guid? VaultboxId { get; init; }

    public Guid? UserId { get; init; }

    public string Stage { get; init; } = LogStages.Refused;

    public string Outcome { get; init; } = LogOutcomes.Refused;

    public int? SmtpCode { get; init; } = 550;

    public string? EnhancedCode { get; init; } = "5.1.1";

    public string PeerIp { get; init; } = "192.0.2.77";

    public string? Sender { get; init; } = "otto@example.org";

    public string? Recipient { get; init; } = "nobody@vault.test";

    public byte[]? AttemptDigest { get; init; }

    public ProcessingLogEntry Build() => new()
    {
        OccurredAt = OccurredAt,
        PassportId = PassportId,
        VaultboxId = VaultboxId,
        UserId = UserId,
        Stage = Stage,
        Outcome = Outcome,
        SmtpCode = SmtpCode,
        EnhancedCode = EnhancedCode,
        Reason = "No such address.",
        PeerIp = IPAddress.Parse(PeerIp),
        PeerName = "mx9.example.org",
        Sender = LogText.Address(Sender),
        Recipient = LogText.Address(Recipient),
        AttemptDigest = AttemptDigest,
        Instance = "test",
    };
}
