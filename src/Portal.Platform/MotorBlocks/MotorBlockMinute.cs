namespace Portal.Platform.MotorBlocks;

/// <summary>Messages that a motor block sent within one minute: the hourly limit and the chart of its use are sums of these.</summary>
public sealed class MotorBlockMinute
{
    public Guid MotorBlockId { get; set; }

    /// <summary>The minute's beginning.</summary>
    public DateTimeOffset Minute { get; set; }

    public int Messages { get; set; }
}
