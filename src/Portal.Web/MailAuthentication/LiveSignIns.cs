using System.Data.Common;
using System.Threading.Channels;
using Portal.Passwords;

namespace Portal.Web.MailAuthentication;

/// <summary>A session that a mail program holds open in a credential's name. Disposing takes it off the list.</summary>
internal sealed class LiveSignIn(LiveSignIns owner, SignInResult result, SignInAttempt attempt) : IDisposable
{
    private readonly CancellationTokenSource ended = new();
    private int isEnded;
    private long until = long.MaxValue;

    public Credential Credential { get; } = result.Credential!;

    public Guid PasswordId => result.PasswordId;

    public CredentialPoolState Pool => result.Pool;

    public SignInAttempt Attempt => attempt;

    /// <summary>Fires when the credential ends, or its password.</summary>
    public CancellationToken Ended => ended.Token;

    /// <summary>When it ends by the clock; null: never.</summary>
    public DateTimeOffset? Until
    {
        set => Volatile.Write(ref until, value?.UtcTicks ?? long.MaxValue);
    }

    public bool IsOver(DateTimeOffset now) => Volatile.Read(ref until) <= now.UtcTicks;

    /// <summary>Reads the credential anew, where a change could not have been heard, and ends what does not work any more.</summary>
    /// <exception cref="System.Data.Common.DbException">The database that knows does not answer.</exception>
    public Task EnsureAsync(CancellationToken cancellationToken) => Pool.IsHeard ? Task.CompletedTask : owner.RecheckNowAsync(this, cancellationToken);

    /// <returns>False when it was ended before.</returns>
    public bool End()
    {
        if (Interlocked.Exchange(ref isEnded, 1) != 0)
            return false;
        ended.Cancel();
        return true;
    }

    // The source holds no timer, and somebody may end it at this moment: it is left to the collector.
    public void Dispose() => owner.Remove(this);
}

/// <summary>
/// The sessions that are open on this instance, and their end: within moments of the change of a credential, and within a second when
/// its time, or its old password's, is over. A session whose credential still works is not touched.
/// </summary>
internal sealed class LiveSignIns(CredentialPools pools, MailAuthenticationMetrics metrics, TimeProvider time, ILogger<LiveSignIns> logger) : BackgroundService
{
    private static readonly TimeSpan ClockInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, HashSet<LiveSignIn>> byId = [];
    private readonly HashSet<LiveSignIn> all = [];
    private readonly Dictionary<CredentialPoolState, Channel<Guid?>> questions = pools.All.ToDictionary(
        state => state, _ => Channel.CreateUnbounded<Guid?>(new UnboundedChannelOptions { SingleReader = true }));

    /// <summary>Puts an accepted sign-in on the list.</summary>
    public LiveSignIn Open(SignInResult accepted, SignInAttempt attempt)
    {
        var live = new LiveSignIn(this, accepted, attempt);
        live.Until = UntilOf(live, live.Credential);
        lock (gate)
        {
            all.Add(live);
            foreach (var id in IdsOf(live))
            {
                if (!byId.TryGetValue(id, out var of))
                    byId[id] = of = [];
                of.Add(live);
            }
        }

        // A change between reading the credential and this line told nobody of this session.
        if (accepted.Pool.MayHaveChanged(IdsOf(live).ToList(), accepted.Version))
            Recheck(accepted.Pool, live.Credential.Id);
        return live;
    }

    /// <param name="id">Credential, vaultbox or owner; null: all of the pool.</param>
    public void Recheck(CredentialPoolState pool, Guid? id) => questions[pool].Writer.TryWrite(id);

    internal async Task RecheckNowAsync(LiveSignIn live, CancellationToken cancellationToken)
    {
        var found = await live.Pool.Pool.FindAsync([live.Credential.Id], live.Attempt.Protocol, cancellationToken);
        Judge(live, found.SingleOrDefault());
    }

    internal void Remove(LiveSignIn live)
    {
        lock (gate)
        {
            all.Remove(live);
            foreach (var id in IdsOf(live))
            {
                if (byId.TryGetValue(id, out var of) && of.Remove(live) && of.Count == 0)
                    byId.Remove(id);
            }
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll([.. pools.All.Select(state => AnswerAsync(state, stoppingToken)), WatchTheClockAsync(stoppingToken)]);

    private async Task AnswerAsync(CredentialPoolState state, CancellationToken stoppingToken)
    {
        var reader = questions[state].Reader;
        try
        {
            while (await reader.WaitToReadAsync(stoppingToken))
            {
                var asked = new HashSet<Guid?>();
                while (reader.TryRead(out var id))
                    asked.Add(id);
                if (await TryRecheckAsync(state, asked, stoppingToken))
                    continue;
                foreach (var id in asked)
                    Recheck(state, id);
                await Task.Delay(RetryDelay, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task<bool> TryRecheckAsync(CredentialPoolState state, HashSet<Guid?> asked, CancellationToken cancellationToken)
    {
        List<LiveSignIn> meant;
        lock (gate)
        {
            var found = asked.Contains(null) ? all : asked.SelectMany(id => byId.TryGetValue(id!.Value, out var of) ? of : []).Distinct();
            // An owner has credentials in both pools, and this one knows its own only.
            meant = [.. found.Where(live => live.Pool == state)];
        }

        try
        {
            foreach (var group in meant.GroupBy(live => live.Attempt.Protocol))
            {
                var ids = group.Select(live => live.Credential.Id).Distinct().ToList();
                var found = (await state.Pool.FindAsync(ids, group.Key, cancellationToken)).ToDictionary(credential => credential.Id);
                foreach (var live in group)
                    Judge(live, found.GetValueOrDefault(live.Credential.Id));
            }

            return true;
        }
        catch (Exception fault) when (fault is DbException or TimeoutException or IOException or InvalidOperationException)
        {
            logger.SessionsNotRechecked(state.Pool.Name, meant.Count, fault.GetType().Name);
            return false;
        }
    }

    private void Judge(LiveSignIn live, Credential? now)
    {
        var goesOn = now is { State: CredentialState.Active }
            && now.Password.HashOf(live.PasswordId, time.GetUtcNow()) is not null
            && !now.IsExpired(time.GetUtcNow())
            && now.WorksFrom(live.Attempt.Address);
        if (goesOn)
            live.Until = UntilOf(live, now!);
        else
            End(live);
    }

    private async Task WatchTheClockAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ClockInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                EndWhatIsOver();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private void EndWhatIsOver()
    {
        var now = time.GetUtcNow();
        List<LiveSignIn> over;
        lock (gate)
            over = [.. all.Where(live => live.IsOver(now))];
        over.ForEach(End);
    }

    private void End(LiveSignIn live)
    {
        if (live.End())
            metrics.Ended(live.Pool.Pool.Name);
    }

    private static DateTimeOffset? UntilOf(LiveSignIn live, Credential credential)
    {
        var passwordUntil = live.PasswordId == credential.Password.Id ? null : credential.Password.PreviousValidUntil;
        return credential.ExpiresAt is { } expiry && (passwordUntil is null || expiry < passwordUntil) ? expiry : passwordUntil;
    }

    private static IEnumerable<Guid> IdsOf(LiveSignIn live)
    {
        yield return live.Credential.Id;
        yield return live.Credential.UserId;
        if (live.Credential.VaultboxId is { } vaultboxId)
            yield return vaultboxId;
    }
}
