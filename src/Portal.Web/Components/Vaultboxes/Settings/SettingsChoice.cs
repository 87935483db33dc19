using Portal.Vault.Vaultboxes;

namespace Portal.Web.Components.Vaultboxes.Settings;

/// <param name="Text">What it means, one sentence.</param>
public sealed record SettingsChoice(string Value, string Title, string Text)
{
    internal static readonly IReadOnlyList<SettingsChoice> HeaderPolicy =
    [
        new(HeaderPolicyNames.Open, "Open", "The outside is as its sender wrote it, subject included."),
        new(HeaderPolicyNames.Baseline, "Subject hidden", "Names, addresses and time stand outside."),
        new(HeaderPolicyNames.Shy, "Shy", "Bare addresses and the time in UTC. The usual choice."),
        new(HeaderPolicyNames.Blind, "Blind", "Only your own address and when it came."),
    ];

    internal static readonly IReadOnlyList<SettingsChoice> MetadataPolicy =
    [
        new(MetadataPolicies.Full, "Whole address", "Lists and the log name who wrote."),
        new(MetadataPolicies.Domain, "Domain only", "They name the sender’s provider or firm."),
        new(MetadataPolicies.None, "Nothing", "They say only that something came."),
    ];

    internal static readonly IReadOnlyList<SettingsChoice> Cipher =
    [
        new(VaultboxCiphers.Aes256Cbc, "AES-256-CBC", "Every mail client opens it."),
        new(VaultboxCiphers.Aes256Gcm, "AES-256-GCM", "Only this portal opens it for now. It also shows when sealed mail was altered."),
    ];

    internal static readonly IReadOnlyList<SettingsChoice> EncryptedMail =
    [
        new(EncryptedMailPolicies.Seal, "Seal it again", "Its header is hidden like that of other mail. The usual choice."),
        new(EncryptedMailPolicies.Leave, "Leave it as it came", "If it opens with one of your keys. Its header, subject included, stays readable to the server."),
    ];
}
