using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Certificates;

internal sealed class CertificateConfiguration : IEntityTypeConfiguration<Certificate>
{
    public const string UniqueKeyIndex = "ux_certificates_vaultbox_fingerprint";

    /// <summary>
    /// A private row is exactly one ENCRYPTED armour whose bytes begin with the magic <c>VBK1</c>; PKCS#8, PKCS#1 and
    /// PKCS#12 begin with an ASN.1 SEQUENCE (0x30) and cannot pass.
    /// </summary>
    public const string PrivateIsEncrypted =
        "certificate_type <> 'private' OR pem_content ~ " +
        "'^-----BEGIN ENCRYPTED VAULTBOX KEY-----\\nVkJLM[A-Za-z0-9+/=\\n]{60,}\\n-----END ENCRYPTED VAULTBOX KEY-----\\n?$'";

    public const string PublicIsPublic = "certificate_type <> 'public' OR pem_content !~ 'PRIVATE KEY|ENCRYPTED'";

    public void Configure(EntityTypeBuilder<Certificate> builder)
    {
        builder.ToTable("certificates", table =>
        {
            table.HasCheckConstraint("ck_certificates_type", "certificate_type IN ('public', 'private')");
            table.HasCheckConstraint("ck_certificates_purpose", "purpose IN ('mail', 'portal', 'owner')");
            table.HasCheckConstraint("ck_certificates_status", "status IN ('active', 'retired')");
            table.HasCheckConstraint("ck_certificates_private_is_encrypted", PrivateIsEncrypted);
            table.HasCheckConstraint("ck_certificates_public_is_public", PublicIsPublic);
            table.HasCheckConstraint("ck_certificates_fingerprint", "octet_length(fingerprint_sha256) = 32");
            table.HasCheckConstraint("ck_certificates_binding",
                "(binding_kind IS NULL) = (binding_signature IS NULL) AND (binding_kind IS NULL OR binding_kind IN ('owner', 'installation'))");
        });
        builder.Property(c => c.Id).HasDefaultValueSql("gen_random_uuid()");
        builder.Property(c => c.CertificateType).HasMaxLength(20);
        builder.Property(c => c.Purpose).HasMaxLength(20);
        builder.Property(c => c.FriendlyName).HasMaxLength(255);
        builder.Property(c => c.Algorithm).HasMaxLength(40);
        builder.Property(c => c.Status).HasMaxLength(20).HasDefaultValue(CertificateStatus.Active);
        builder.Property(c => c.BindingKind).HasMaxLength(20);
        builder.Property(c => c.CreatedAt).HasDefaultValueSql("now()");
        builder.HasOne<Vaultbox>().WithMany().HasForeignKey(c => c.VaultboxId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(c => new { c.VaultboxId, c.FingerprintSha256, c.CertificateType }).IsUnique().HasDatabaseName(UniqueKeyIndex);
    }
}
