using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Audit;
using Portal.Platform.Audit;

namespace Portal.Platform.Accounts.Sessions;

/// <summary>
/// Opens a session for an account that has proved itself, however it did so. The one place where a session begins; whoever calls has
/// judged the proof and the lockout.
/// </summary>
public sealed class OpenSession(SignInAlert alert, IOptions<PlatformOptions> options, TimeProvider time)
{
    private readonly PlatformOptions limits = options.Value;

    /// <summary>Adds the session in the caller's transaction, which is the caller's to commit.</summary>
    /// <param name="authMethod">One of the values that <see cref="Session.AuthMethod"/> lists.</param>
    /// <returns>Null when the account is closed, suspended or its address not proved.</returns>
    internal async Task<OpenedSession?> HandleAsync(
        PlatformContext context, Guid userId, string authMethod, IPAddress? ip, string? userAgent, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var account = await context.Users
            .Where(user => user.Id == userId && user.Status == AccountStatus.Active && user.EmailConfirmed)
            .Select(user => new { user.Email, user.Role })
            .SingleOrDefaultAsync(cancellationToken);
        if (account is null)
            return null;

        var session = new Session
        {
            Id = Guid.NewGuid(),
            UserId = userId,
            AuthMethod = authMethod,
            ProvedAt = now,
            Ip = ip,
            UserAgent = Shorten(userAgent),
            CreatedAt = now,
            LastSeenAt = now,
            ExpiresAt = now + limits.SessionLifetime,
        };
        await alert.AddIfNewAsync(context, session, account.Email!, cancellationToken);
        context.Sessions.Add(session);
        context.Audit(
            session.ForAudit(), Acts.SignedIn, AuditTarget.Of(AuditTarget.SessionKind, session.Id, userId), now, new AuditDetail().Fact("by", authMethod));
        await context.SaveChangesAsync(cancellationToken);
        return new OpenedSession(session.Id, userId, account.Email!, account.Role, session.ExpiresAt, now + limits.StepUpWindow);
    }

    /// <summary>What a browser calls itself, as long as the column is.</summary>
    internal static string? Shorten(string? userAgent) =>
        userAgent?.Length > SessionConfiguration.UserAgentLength ? userAgent[..SessionConfiguration.UserAgentLength] : userAgent;
}
