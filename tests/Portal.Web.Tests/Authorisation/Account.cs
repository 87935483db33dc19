using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Sessions;

namespace Portal.Web.Tests.Authorisation;

/// <summary>An account made for one call.</summary>
/// <param name="SessionId">Of a session that stands.</param>
/// <param name="Token">An API token without a scope.</param>
public sealed record Account(Guid Id, string Email, Role Role, Guid SessionId, string Token, DateTimeOffset FreshUntil)
{
    /// <summary>Set for a supporter: what their session is while it shows another's account.</summary>
    public ValidSession? View { get; init; }
}
