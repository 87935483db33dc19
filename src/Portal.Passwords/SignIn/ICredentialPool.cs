using System.Data.Common;

namespace Portal.Passwords;

/// <summary>
/// The credentials of one database, through a read-only role and connections of its own. A pool knows its own names only; it throws
/// what its database throws when that does not answer.
/// </summary>
public interface ICredentialPool
{
    /// <summary>As metrics and logs name it.</summary>
    string Name { get; }

    /// <summary>Whether names of this shape are this pool's. No name is of two pools.</summary>
    bool Owns(string name);

    /// <param name="name">Lower case, trimmed.</param>
    /// <param name="selector">Leading group of the typed password; tells apart the credentials that share an address as their name.</param>
    /// <returns>Null when there is none, or it is revoked.</returns>
    Task<Credential?> FindAsync(string name, string? selector, CredentialProtocol protocol, CancellationToken cancellationToken);

    /// <summary>Those of the ids that are not revoked.</summary>
    Task<IReadOnlyList<Credential>> FindAsync(IReadOnlyCollection<Guid> ids, CredentialProtocol protocol, CancellationToken cancellationToken);

    Task NoteUsesAsync(IReadOnlyCollection<CredentialUse> uses, CancellationToken cancellationToken);

    /// <summary>The pool's connections, by its read-only role.</summary>
    DbDataSource Connections { get; }

    /// <summary>Where changes are announced (PostgreSQL NOTIFY). The first is also asked whether it is heard.</summary>
    IReadOnlyList<string> Channels { get; }

    /// <param name="payload">As announced: <c>kind:uuid</c>.</param>
    /// <returns>Id of the credential, vaultbox or owner that changed; null when it is nothing to sign-in.</returns>
    Guid? ChangedId(string payload);
}
