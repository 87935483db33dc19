namespace Portal.Vault.Domains;

/// <summary>A domain that the portal takes mail for, as the platform database says: proven to be its owner's, with addresses or without.</summary>
public sealed class MailDomain
{
    /// <summary>Lower-case A-label domain.</summary>
    public required string Domain { get; init; }

    /// <summary>Every account may have addresses on it, not only its owner.</summary>
    public required bool Shared { get; init; }

    /// <summary>Since when the domain is here, by the database's clock; the database writes it.</summary>
    public DateTimeOffset AddedAt { get; private set; }
}
