using Portal.Platform;

namespace Portal.Web.Components.Credentials;

/// <summary>
/// What the dialogs do with a credential of either kind, by the use cases of its own database and as the person of the circuit. A refusal
/// of either comes back as a <see cref="Failure"/>.
/// </summary>
public interface ICredentials
{
    CredentialNouns Nouns { get; }

    Task<Outcome<CredentialInUse>> GetAsync(Guid id, CancellationToken cancellationToken);

    Task<Outcome<MadePassword>> CreateAsync(CredentialInput input, CancellationToken cancellationToken);

    Task<Outcome<MadePassword>> RotateAsync(Guid id, int overlapMinutes, CancellationToken cancellationToken);

    Task<Outcome<ShownCredential>> UndoAsync(Guid id, CancellationToken cancellationToken);

    Task<Outcome<ShownCredential>> RenameAsync(Guid id, string label, CancellationToken cancellationToken);

    /// <summary>From where, until when and how much: all of it, as the input says.</summary>
    Task<Outcome<ShownCredential>> BindAsync(Guid id, CredentialInput input, CancellationToken cancellationToken);

    Task<Outcome<Guid>> RevokeAsync(Guid id, CancellationToken cancellationToken);
}

/// <param name="One">“credential” or “sender”.</param>
/// <param name="Client">Who uses it: “device” or “client”.</param>
/// <param name="LabelHint">What its name is good for.</param>
/// <param name="SendsNotice">Whether the owner is written to before an old password ends that is still used.</param>
/// <param name="HasRate">Whether it is bound to a number of messages an hour.</param>
public sealed record CredentialNouns(string One, string Client, string LabelHint, bool SendsNotice, bool HasRate)
{
    public string Clients => Client + "s";
}
