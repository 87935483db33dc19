using System.Globalization;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Portal.Vault.ProcessingLog;

/// <summary>
/// Writes the rows that are part of no storing transaction (refusals, deferrals). They wait in a bounded ring while the database
/// is away and are written when it is back; what did not fit is counted in a row of its own. Never blocks the caller.
/// </summary>
public sealed class ProcessingLogWriter(
    IDbContextFactory<VaultContext> contexts, ProcessingLogSignal signal, TimeProvider time, ILogger<ProcessingLogWriter> logger) : BackgroundService
{
    /// <summary>Rows kept while the database is away.</summary>
    public const int Capacity = 20_000;

    private const int BatchSize = 200;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PartitionInterval = TimeSpan.FromHours(6);

    private readonly Channel<ProcessingLogEntry> _ring = Channel.CreateBounded<ProcessingLogEntry>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    private long _lost;
    private DateTimeOffset _partitionsEnsured = DateTimeOffset.MinValue;

    /// <summary>Names this instance in every row.</summary>
    public string Instance { get; } = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Environment.ProcessId}");

    public void Write(ProcessingLogEntry entry)
    {
        if (!_ring.Writer.TryWrite(entry))
            Interlocked.Increment(ref _lost);
    }

    /// <summary>Ends the writer: what waits is written first, for as long as the host's shutdown allows.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _ring.Writer.TryComplete();
        if (ExecuteTask is { } running)
            await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<ProcessingLogEntry>(BatchSize);
        while (batch.Count > 0 || await _ring.Reader.WaitToReadAsync(stoppingToken))
        {
            while (batch.Count < BatchSize && _ring.Reader.TryRead(out var entry))
                batch.Add(entry);
            if (await TryWriteAsync(batch, stoppingToken))
                batch.Clear();
            else
                await Task.Delay(RetryDelay, time, stoppingToken);
        }
    }

    private async Task<bool> TryWriteAsync(List<ProcessingLogEntry> batch, CancellationToken cancellationToken)
    {
        var lost = Interlocked.Exchange(ref _lost, 0);
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            await EnsurePartitionsAsync(context, cancellationToken);
            context.ProcessingLogs.AddRange(batch);
            if (lost > 0)
                context.ProcessingLogs.Add(LostRow(lost));
            await SaveAsync(context, batch, cancellationToken);
            signal.Announce();
            return true;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { IsTransient: false, SqlState: ['2', '2' or '3', ..] })
        {
            // A row that no retry will make fit must not hold up the others for ever.
            Interlocked.Add(ref _lost, lost + batch.Count);
            logger.RowsRefused(batch.Count, e);
            return true;
        }
        catch (Exception e) when (e is DbUpdateException or NpgsqlException or TimeoutException or InvalidOperationException)
        {
            Interlocked.Add(ref _lost, lost);
            logger.WritingFailed(batch.Count, e);
            return false;
        }
    }

    /// <summary>Rows that waited for the database belong to a time that may be counted already.</summary>
    private async Task SaveAsync(VaultContext context, List<ProcessingLogEntry> batch, CancellationToken cancellationToken)
    {
        var oldest = batch.Count == 0 ? time.GetUtcNow() : batch.Min(entry => entry.OccurredAt);
        if (time.GetUtcNow() - oldest < RollUpProcessingLog.Lag / 2)
        {
            await context.SaveChangesAsync(cancellationToken);
            return;
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await RollUpProcessingLog.ForgetFromAsync(context, oldest, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task EnsurePartitionsAsync(VaultContext context, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - _partitionsEnsured < PartitionInterval)
            return;
        await context.Database.ExecuteSqlAsync($"SELECT ensure_email_processing_log_partitions(7)", cancellationToken);
        _partitionsEnsured = now;
    }

    private ProcessingLogEntry LostRow(long lost) => new()
    {
        OccurredAt = time.GetUtcNow(),
        PassportId = Guid.CreateVersion7(),
        Stage = LogStages.Deferred,
        Outcome = LogOutcomes.Deferred,
        Reason = string.Create(CultureInfo.InvariantCulture, $"{lost} rows did not fit while the database was away."),
        Instance = Instance,
    };
}
