using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Portal.Platform.SystemMail;

/// <summary>
/// Adds messages that a stranger can cause, a bounded number of each kind to one address: nobody is flooded through this portal. What
/// is over the limit is left out, silently towards the one who asked.
/// </summary>
public sealed class MailToPeople(SystemMailQueue queue, IOptions<PlatformOptions> options, TimeProvider time)
{
    private readonly int mostPerHour = options.Value.MailsPerHour;

    /// <summary>Adds it in the caller's transaction, which must be open: of several at once none goes over the limit.</summary>
    /// <returns>False when the address has had its share of this kind.</returns>
    internal async Task<bool> AddAsync(PlatformContext context, SystemMailContent content, CancellationToken cancellationToken)
    {
        var hourAgo = time.GetUtcNow().AddHours(-1);
        var name = $"{content.Kind} {content.Recipient}";
        await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({name}, 1))", cancellationToken);
        var sent = await context.SystemMessages.CountAsync(
            message => message.Recipient == content.Recipient && message.Kind == content.Kind && message.CreatedAt > hourAgo, cancellationToken);
        if (sent >= mostPerHour)
            return false;
        queue.Add(context, content);
        return true;
    }
}
