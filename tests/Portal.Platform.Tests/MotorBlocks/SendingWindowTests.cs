using Portal.Platform.MotorBlocks;

namespace Portal.Platform.Tests.MotorBlocks;

public sealed class SendingWindowTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Since_WithinAMinute_IsTheFiftyNinthBefore() => Assert.Equal(Noon.AddMinutes(-59), SendingWindow.Since(Noon.AddSeconds(59.9)));

    [Fact]
    public void Of_UnderTheLimit_IsFreeNow() => Assert.Equal(new SendingWindow(3, null), SendingWindow.Of([Minute(-3, 1), Minute(0, 2)], 4));

    [Fact]
    public void Of_AtTheLimit_IsFreeWhenTheOldestMinuteLeaves() =>
        Assert.Equal(new SendingWindow(4, Noon.AddMinutes(30)), SendingWindow.Of([Minute(0, 2), Minute(-30, 2)], 4));

    [Fact]
    public void Of_OverALimitThatWasLowered_IsFreeWhenEnoughHaveLeft() =>
        Assert.Equal(new SendingWindow(9, Noon.AddMinutes(50)), SendingWindow.Of([Minute(-30, 3), Minute(-20, 3), Minute(-10, 3)], 3));

    [Fact]
    public void Of_AMinuteThatWasGivenBack_DoesNotWaitForIt() =>
        Assert.Equal(new SendingWindow(2, Noon.AddMinutes(50)), SendingWindow.Of([Minute(-30, 0), Minute(-10, 2)], 2));

    [Fact]
    public void Of_ALimitOfNothing_IsNeverFree() => Assert.Equal(new SendingWindow(1, null), SendingWindow.Of([Minute(0, 1)], 0));

    private static MotorBlockMinute Minute(int offset, int messages) => new() { Minute = Noon.AddMinutes(offset), Messages = messages };
}
