using Microsoft.Extensions.Time.Testing;
using Portal.Web.Components.Shared;

namespace Portal.Web.Tests.Components;

/// <summary>
/// Stands until a test moves it, and says when a field began to wait for typing to rest: an event may be handled after the call that
/// raised it has returned, and time moved before that would never reach it.
/// </summary>
public sealed class TypingClock(DateTimeOffset now) : FakeTimeProvider(now)
{
    private readonly SemaphoreSlim rests = new(0);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime == SearchBox.Rest)
        {
            rests.Release();
        }

        return timer;
    }

    /// <summary>Types, waits until the field waits, and lets the rest pass.</summary>
    public async Task RestAfterAsync(Task typing)
    {
        await rests.WaitAsync(TestContext.Current.CancellationToken);
        Advance(SearchBox.Rest);
        await typing;
    }

    /// <summary>Completes once a field has begun to wait.</summary>
    public Task WaitsAsync() => rests.WaitAsync(TestContext.Current.CancellationToken);
}
