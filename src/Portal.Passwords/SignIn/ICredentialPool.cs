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

    /// <summary>Hears of changes until the connection is lost, which throws.</summary>
    /// <param name="listening">Called once, when no later change can be missed.</param>
    /// <param name="changed">Id of a credential, a vaultbox or an owner.</param>
    Task ListenAsync(Action listening, Action<Guid> changed, CancellationToken cancellationToken);
}
