using Portal.Platform.Accounts.Tokens;

namespace Portal.Platform.Accounts;

/// <summary>What every act on one's own account asks for first.</summary>
internal static class OwnAccount
{
    /// <returns>Null when the actor may see what the account has.</returns>
    public static Failure? RefuseRead(Actor actor)
    {
        if (actor.UserId == Guid.Empty)
            return AccountFailures.NotFound;
        return actor.Allows(TokenScopes.AccountRead) ? null : actor.Refusal;
    }

    /// <returns>Null when the actor may change what proves the account.</returns>
    public static Failure? RefuseChange(Actor actor, DateTimeOffset now)
    {
        if (actor.UserId == Guid.Empty)
            return AccountFailures.NotFound;
        if (!actor.Allows(TokenScopes.AccountWrite))
            return actor.Refusal;
        return actor.IsFresh(now) ? null : AccountFailures.StepUpRequired;
    }
}
