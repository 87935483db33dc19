using System.Data.Common;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using Portal.Passwords;

namespace Portal.Web.MailAuthentication;

/// <summary>Who used which password, gathered for a few seconds and noted in one statement a pool; at shutdown too.</summary>
internal sealed class CredentialUses(
    CredentialPools pools, IOptions<MailAuthenticationOptions> options, TimeProvider time, ILogger<CredentialUses> logger) : BackgroundService
{
    /// <summary>Different programs that are remembered while a database is away; more are not noted.</summary>
    private const int Most = 20_000;

    private const int Batch = 500;

    private readonly Lock gate = new();
    private Dictionary<Key, CredentialUse> waiting = [];

    private sealed record Key(CredentialPoolState Pool, Guid CredentialId, Guid PasswordId, CredentialProtocol Protocol, string ClientName, string? Network);

    public void Note(CredentialPoolState pool, CredentialUse use)
    {
        var key = new Key(pool, use.CredentialId, use.PasswordId, use.Protocol, use.ClientName, PeerNetwork.Of(use.Address));
        lock (gate)
            Add(waiting, key, use);
    }

    /// <summary>Notes what has gathered. What a database does not take is kept for the next time.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        Dictionary<Key, CredentialUse> taken;
        lock (gate)
            (taken, waiting) = (waiting, []);
        foreach (var state in pools.All)
        {
            foreach (var batch in taken.Where(pair => pair.Key.Pool == state).Chunk(Batch))
                await NoteAsync(state, batch, cancellationToken);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.UseInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await FlushAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task NoteAsync(CredentialPoolState state, KeyValuePair<Key, CredentialUse>[] batch, CancellationToken cancellationToken)
    {
        try
        {
            await state.Pool.NoteUsesAsync([.. batch.Select(pair => pair.Value)], cancellationToken);
        }
        catch (DbException refused) when (refused.SqlState is ['2', '2' or '3', ..])
        {
            // What no retry will make fit must not hold up the others for ever.
            logger.UsesRefused(state.Pool.Name, batch.Length, refused.SqlState);
            if (batch.Length > 1)
            {
                foreach (var half in batch.Chunk((batch.Length + 1) / 2))
                    await NoteAsync(state, half, cancellationToken);
            }
        }
        catch (Exception fault) when (fault is DbException or TimeoutException or IOException or InvalidOperationException or OperationCanceledException)
        {
            logger.UsesNotNoted(state.Pool.Name, batch.Length, fault.GetType().Name);
            lock (gate)
            {
                foreach (var (key, use) in batch)
                    Add(waiting, key, use);
            }
        }
    }

    private static void Add(Dictionary<Key, CredentialUse> uses, Key key, CredentialUse use)
    {
        if (uses.Count >= Most && !uses.ContainsKey(key))
            return;
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(uses, key, out _);
        var newest = sum is null || use.At >= sum.At ? use : sum;
        sum = newest with { Uses = use.Uses + (sum?.Uses ?? 0) };
    }
}
