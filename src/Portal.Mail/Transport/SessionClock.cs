namespace Portal.Mail.Transport;

internal enum ClockCause
{
    None,
    CommandTimeout,
    DataTimeout,
    DataTooSlow,
    TlsTimeout,
    SessionTooLong,

    /// <summary>Nobody signed in in time.</summary>
    LoginTimeout,
    ShuttingDown,
    LoginEnded,
}

/// <summary>
/// The two timers of a session: one for what it waits for now, one for its whole life.
/// Either firing ends the session, so the token is never made new.
/// </summary>
internal sealed class SessionClock : IDisposable
{
    private readonly CancellationTokenSource _expired = new();
    private readonly ITimer _wait;
    private readonly ITimer _life;
    private int _cause;
    private int _waitingFor;
    private int _lifeEndsFor = (int)ClockCause.SessionTooLong;

    public SessionClock(TimeProvider time, TimeSpan sessionLength)
    {
        Time = time;
        _wait = time.CreateTimer(_ => Expire(Volatile.Read(ref _waitingFor)), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _life = time.CreateTimer(_ => Expire(Volatile.Read(ref _lifeEndsFor)), null, sessionLength, Timeout.InfiniteTimeSpan);
    }

    public TimeProvider Time { get; }

    public CancellationToken Expired => _expired.Token;

    /// <summary>What ended the session first; None while the session may go on.</summary>
    public ClockCause Cause => (ClockCause)Volatile.Read(ref _cause);

    public void Arm(TimeSpan due, ClockCause cause)
    {
        Volatile.Write(ref _waitingFor, (int)cause);
        _wait.Change(due > TimeSpan.Zero ? due : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    public void Disarm() => _wait.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Sets anew what is left of the session's life, as at shutdown.</summary>
    public void EndWithin(TimeSpan due, ClockCause cause)
    {
        Volatile.Write(ref _lifeEndsFor, (int)cause);
        _life.Change(due, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends the session's life now, unless a timer did already.</summary>
    public void End(ClockCause cause) => Expire((int)cause);

    public void Dispose()
    {
        _wait.Dispose();
        _life.Dispose();
        // The source holds no timer or handle of its own, and a callback may still be on its way: it is left to the collector.
    }

    private void Expire(int cause)
    {
        if (Interlocked.CompareExchange(ref _cause, cause, (int)ClockCause.None) == (int)ClockCause.None)
            _expired.Cancel();
    }
}
