using Microsoft.EntityFrameworkCore;
using Portal.Passwords;
using Portal.Platform.SystemMail;

namespace Portal.Platform.Accounts.Sessions;

/// <summary>
/// Tells the owner of a sign-in from a kind of browser or a network that the account's sessions have not come from lately. The first
/// session ever is nobody's surprise.
/// </summary>
public sealed class SignInAlert(MailToPeople mails)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(90);

    /// <summary>The newest sessions are enough to know a browser by.</summary>
    private const int MostSessions = 500;

    /// <summary>Adds the message to the caller's transaction when there is something to tell; call it before the session is stored.</summary>
    internal async Task AddIfNewAsync(PlatformContext context, Session session, string email, CancellationToken cancellationToken)
    {
        var former = await context.Sessions.AsNoTracking()
            .Where(other => other.UserId == session.UserId)
            .OrderByDescending(other => other.LastSeenAt)
            .Take(MostSessions)
            .Select(other => new { other.Ip, other.UserAgent, other.LastSeenAt })
            .ToListAsync(cancellationToken);
        if (former.Count == 0)
            return;

        var since = session.CreatedAt - Remembered;
        var network = PeerNetwork.Of(session.Ip);
        var family = DeviceName.Family(session.UserAgent);
        if (!former.Exists(other => other.LastSeenAt > since && PeerNetwork.Of(other.Ip) == network && DeviceName.Family(other.UserAgent) == family))
        {
            await mails.AddAsync(
                context, AccountMails.NewSignIn(email, DeviceName.Of(session.UserAgent), session.Ip, session.CreatedAt), cancellationToken);
        }
    }
}
