namespace Portal.Web.Components.Keys;

public enum KeyAct
{
    Rename,
    Prove,
    Export,
    Retire,
    Resume,
    Delete,
}

/// <summary>What somebody chose to do with a key.</summary>
public sealed record KeyAction(KeyAct Act, ShownKey Key);
