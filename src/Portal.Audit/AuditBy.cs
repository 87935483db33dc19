namespace Portal.Audit;

/// <summary>Who did it.</summary>
/// <param name="Kind"><see cref="ActorKinds"/>.</param>
/// <param name="UserId">The account; null for the operator and for the portal itself.</param>
/// <param name="OnBehalfOf">Whose portal was looked at, in a support view.</param>
public sealed record AuditBy(string Kind, Guid? UserId, Guid? OnBehalfOf = null, ActedFrom? From = null)
{
    /// <summary>What falls due by time, and what follows from other acts.</summary>
    public static AuditBy Portal { get; } = new(ActorKinds.Portal, null);

    public static AuditBy Operator { get; } = new(ActorKinds.Operator, null);
}

/// <summary>In what capacity somebody acts.</summary>
public static class ActorKinds
{
    /// <summary>In a signed-in session, or about to open one.</summary>
    public const string Person = "person";

    /// <summary>By an API token.</summary>
    public const string Token = "token";

    /// <summary>By a one-time link that was mailed to the account.</summary>
    public const string Link = "link";

    /// <summary>At the console of the machine.</summary>
    public const string Operator = "operator";

    /// <summary>Nobody: the portal's own rounds.</summary>
    public const string Portal = "portal";

    public static readonly IReadOnlyList<string> All = [Person, Token, Link, Operator, Portal];
}
