using Portal.Platform.Accounts;

namespace Portal.Web.Tests.Authorisation;

/// <summary>An account made for one call.</summary>
/// <param name="SessionId">Of a session that stands.</param>
/// <param name="Token">An API token without a scope.</param>
public sealed record Account(Guid Id, string Email, Role Role, Guid SessionId, string Token, DateTimeOffset FreshUntil);
