using Portal.Audit;

namespace Portal.Vault.Vaultboxes;

/// <summary>What the owner chooses of a vaultbox, for the audit log.</summary>
internal sealed record VaultboxTerms(string Name, string Status, string HeaderPolicy, string Cipher, string EncryptedMail, string MetadataPolicy, string? Limits)
{
    public static VaultboxTerms Of(Vaultbox vaultbox) =>
        new(vaultbox.Name, vaultbox.Status, vaultbox.HeaderPolicy, vaultbox.Cipher, vaultbox.EncryptedMail, vaultbox.MetadataPolicy, vaultbox.Limits);

    public AuditDetail Since(VaultboxTerms former) => new AuditDetail()
        .Fact("status", former.Status, Status)
        .Fact("header_policy", former.HeaderPolicy, HeaderPolicy)
        .Fact("cipher", former.Cipher, Cipher)
        .Fact("encrypted_mail", former.EncryptedMail, EncryptedMail)
        .Fact("metadata_policy", former.MetadataPolicy, MetadataPolicy)
        .Fact("limits", former.Limits, Limits)
        .Personal("name", former.Name, Name);
}
