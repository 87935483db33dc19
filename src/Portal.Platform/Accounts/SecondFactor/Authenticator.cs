namespace Portal.Platform.Accounts.SecondFactor;

/// <summary>An account's TOTP authenticator (RFC 6238). One for each account; it counts once a code of it was entered.</summary>
public sealed class Authenticator
{
    public Guid UserId { get; set; }

    /// <summary>The shared secret, encrypted by Data Protection: the database alone does not give it away.</summary>
    public required byte[] ProtectedSecret { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When the first code was entered; null: enrolment is under way.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>The last time step (30 s) whose code was taken; no code is taken twice (RFC 6238 section 5.2).</summary>
    public long LastStep { get; set; }
}
