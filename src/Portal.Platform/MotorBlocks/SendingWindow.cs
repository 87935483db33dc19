namespace Portal.Platform.MotorBlocks;

/// <summary>
/// The sliding hour by which a motor block is limited: the present minute and the 59 before it. Messages are counted by the minute, so
/// they leave it minute by minute.
/// </summary>
/// <param name="Used">Messages in it.</param>
/// <param name="FreeAt">When there is room for one more; null: there is room now, or never will be.</param>
internal readonly record struct SendingWindow(int Used, DateTimeOffset? FreeAt)
{
    private const int Minutes = 60;

    public static DateTimeOffset MinuteOf(DateTimeOffset now) => new(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    /// <summary>Its first minute.</summary>
    public static DateTimeOffset Since(DateTimeOffset now) => MinuteOf(now).AddMinutes(1 - Minutes);

    /// <param name="minutes">Those of the window that have messages, in any order.</param>
    public static SendingWindow Of(IReadOnlyCollection<MotorBlockMinute> minutes, int limit)
    {
        var used = minutes.Sum(minute => minute.Messages);
        if (used < limit)
            return new SendingWindow(used, null);
        var left = used;
        foreach (var minute in minutes.OrderBy(minute => minute.Minute))
        {
            left -= minute.Messages;
            if (left < limit)
                return new SendingWindow(used, minute.Minute.AddMinutes(Minutes));
        }

        return new SendingWindow(used, null);
    }
}
