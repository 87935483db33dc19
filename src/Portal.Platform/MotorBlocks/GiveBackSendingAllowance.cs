using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.MotorBlocks;

/// <summary>Takes back what <see cref="TakeSendingAllowance"/> counted, for a message that was not taken after all.</summary>
public sealed class GiveBackSendingAllowance(IDbContextFactory<PlatformContext> contexts)
{
    /// <param name="minute">As it was granted.</param>
    public async Task HandleAsync(Guid motorBlockId, DateTimeOffset minute, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.MotorBlockMinutes.Where(m => m.MotorBlockId == motorBlockId && m.Minute == minute && m.Messages > 0)
            .ExecuteUpdateAsync(m => m.SetProperty(row => row.Messages, row => row.Messages - 1), cancellationToken);
    }
}
