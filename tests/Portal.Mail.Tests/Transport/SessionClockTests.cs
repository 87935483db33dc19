using Microsoft.Extensions.Time.Testing;
using Portal.Mail.Transport;

namespace Portal.Mail.Tests.Transport;

public sealed class SessionClockTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Arm_TimePasses_ExpiresWithItsCause()
    {
        using var clock = new SessionClock(_time, TimeSpan.FromHours(1));
        clock.Arm(TimeSpan.FromSeconds(10), ClockCause.DataTimeout);

        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(clock.Expired.IsCancellationRequested);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(clock.Expired.IsCancellationRequested);
        Assert.Equal(ClockCause.DataTimeout, clock.Cause);
    }

    [Fact]
    public void Disarm_TimePasses_OnlyTheSessionLengthRemains()
    {
        using var clock = new SessionClock(_time, TimeSpan.FromHours(1));
        clock.Arm(TimeSpan.FromSeconds(10), ClockCause.CommandTimeout);
        clock.Disarm();

        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(ClockCause.None, clock.Cause);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(ClockCause.SessionTooLong, clock.Cause);
    }

    [Fact]
    public void EndWithin_Shutdown_ShortensTheSession()
    {
        using var clock = new SessionClock(_time, TimeSpan.FromHours(1));
        clock.EndWithin(TimeSpan.FromSeconds(5), ClockCause.ShuttingDown);

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(ClockCause.ShuttingDown, clock.Cause);
    }
}
