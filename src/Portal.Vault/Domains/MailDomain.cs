namespace Portal.Vault.Domains;

/// <summary>A domain that the portal takes mail for, as the platform database says: proven to be its owner's, with addresses or without.</summary>
public sealed class MailDomain
{
    /// <summary>Lower-case A-label domain.</summary>
    public required string Domain { get; init; }

    /// <summary>Every account may have addresses on it, not only its owner.</summary>
    public required bool Shared { get; init; }
}
