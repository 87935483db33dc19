using System.Net;

namespace Portal.Passwords;

/// <summary>What a mail program signs in to.</summary>
public enum CredentialProtocol
{
    Smtp,
    Imap,
}

/// <summary>Why a credential does not work, whatever the password.</summary>
public enum CredentialState
{
    Active,

    /// <summary>Its owner or its vaultbox has stopped it for now.</summary>
    Paused,

    /// <summary>The owner's account may not sign in.</summary>
    Suspended,

    /// <summary>It is for the other protocol only.</summary>
    OtherProtocol,
}

/// <summary>A credential as sign-in needs it: read by a pool's read-only role, never written back.</summary>
/// <param name="VaultboxId">Null: a motor block, or a credential for all of the owner's vaultboxes.</param>
/// <param name="Username">Its own name, whichever was signed in with.</param>
/// <param name="Domain">What a motor block sends for; null for a vaultbox's credential.</param>
/// <param name="AllowedNetworks">Where it works; empty: anywhere.</param>
public sealed record Credential(
    Guid Id,
    Guid UserId,
    Guid? VaultboxId,
    string Username,
    string? Domain,
    CredentialProtocol Protocol,
    PasswordPair Password,
    IReadOnlyList<IPNetwork> AllowedNetworks,
    DateTimeOffset? ExpiresAt,
    CredentialState State)
{
    public bool IsExpired(DateTimeOffset now) => ExpiresAt <= now;

    /// <param name="address">Null when it is not known: then only a credential without networks works.</param>
    public bool WorksFrom(IPAddress? address)
    {
        if (AllowedNetworks.Count == 0)
            return true;
        if (address is null)
            return false;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return AllowedNetworks.Any(network => network.Contains(plain));
    }
}
