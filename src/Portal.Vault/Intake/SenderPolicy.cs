namespace Portal.Vault.Intake;

/// <summary>What the log and the mail's row may say of a sender: the address, its domain, or nothing.</summary>
public static class SenderPolicy
{
    /// <summary>The whole address may be written down.</summary>
    public const string Full = "full";

    /// <param name="policy">A vaultbox's metadata policy: full, domain or none.</param>
    /// <param name="sender">Envelope sender; empty for the null reverse-path.</param>
    public static string? Apply(string policy, string sender) => policy switch
    {
        Full => sender,
        "domain" => sender[(sender.LastIndexOf('@') + 1)..],
        _ => null,
    };
}
