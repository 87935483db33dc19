namespace Portal.Vault.Credentials;

/// <summary>An account that may not sign in, as the platform database says: its devices may not either.</summary>
public sealed class SuspendedOwner
{
    public required Guid UserId { get; init; }

    public required DateTimeOffset Since { get; init; }
}
