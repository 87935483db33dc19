namespace Portal.Web.Components.Credentials;

public enum CredentialAct
{
    New,
    Rotate,
    Rename,
    Bind,
    Undo,
    Revoke,
}

/// <param name="Credential">Whom it is about; null for a new one.</param>
public sealed record OpenDialog(CredentialAct Act, ShownCredential? Credential = null);
