using Portal.Platform.Accounts.Tokens;

namespace Portal.Platform.Accounts.SecondFactor.Passkeys;

/// <summary>Who may change an account's second factors: its owner, by a credential that may write the account, and with a fresh proof.</summary>
internal static class PasskeyAccess
{
    /// <returns>Null when the actor may read them.</returns>
    public static Failure? ToRead(Actor actor)
    {
        if (actor.UserId == Guid.Empty)
            return AccountFailures.NotFound;
        return actor.Allows(TokenScopes.AccountRead) ? null : AccountFailures.ScopeMissing;
    }

    /// <returns>Null when the actor may change them.</returns>
    public static Failure? ToWrite(Actor actor, DateTimeOffset now)
    {
        if (actor.UserId == Guid.Empty)
            return AccountFailures.NotFound;
        if (!actor.Allows(TokenScopes.AccountWrite))
            return AccountFailures.ScopeMissing;
        return actor.IsFresh(now) ? null : AccountFailures.StepUpRequired;
    }
}
