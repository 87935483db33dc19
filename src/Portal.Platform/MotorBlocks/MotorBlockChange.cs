using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.MotorBlocks;

/// <summary>
/// Tells whoever signs motor blocks in that one has changed: PostgreSQL NOTIFY on <see cref="Channel"/> with <c>block:{id}</c>, delivered
/// when the caller's transaction commits. What is believed of it is forgotten, and its sessions are judged anew.
/// </summary>
public static class MotorBlockChange
{
    public const string Channel = "platform_motor_blocks";

    internal static Task AnnounceMotorBlockAsync(this PlatformContext context, Guid id, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync($"SELECT pg_notify({Channel}, {$"block:{id}"})", cancellationToken);
}
