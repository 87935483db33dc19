using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Vault.Vaultboxes;

internal sealed class VaultboxConfiguration : IEntityTypeConfiguration<Vaultbox>
{
    public void Configure(EntityTypeBuilder<Vaultbox> builder)
    {
        // One that is deleted is absent to every use case but the few that say otherwise.
        builder.HasQueryFilter(v => v.DeletedAt == null);
        builder.ToTable("vaultboxes", table =>
        {
            table.HasCheckConstraint("ck_vaultboxes_status", "status IN ('active', 'paused', 'archived')");
            table.HasCheckConstraint("ck_vaultboxes_lower_case", "alias = lower(alias) AND domain = lower(domain)");
            table.HasCheckConstraint("ck_vaultboxes_metadata_policy", "metadata_policy IN ('full', 'domain', 'none')");
            table.HasCheckConstraint("ck_vaultboxes_header_policy", "header_policy IN ('open', 'baseline', 'shy', 'blind')");
            table.HasCheckConstraint("ck_vaultboxes_encrypted_mail", "encrypted_mail IN ('seal', 'leave')");
            table.HasCheckConstraint("ck_vaultboxes_cipher", "cipher IN ('aes-256-cbc', 'aes-256-gcm')");
        });
        builder.Property(v => v.Id).HasDefaultValueSql("gen_random_uuid()");
        builder.Property(v => v.Domain).HasMaxLength(255);
        builder.Property(v => v.Name).HasMaxLength(100);
        builder.Property(v => v.Alias).HasMaxLength(100);
        builder.Property(v => v.Status).HasMaxLength(20).HasDefaultValue(VaultboxStatus.Active);
        builder.Property(v => v.Limits).HasColumnType("jsonb").HasDefaultValueSql("'{}'::jsonb");
        builder.Property(v => v.SmtpEnabled).HasDefaultValue(false);
        builder.Property(v => v.HeaderPolicy).HasMaxLength(20).HasDefaultValue("shy");
        builder.Property(v => v.Cipher).HasMaxLength(20).HasDefaultValue(VaultboxCiphers.Aes256Cbc);
        builder.Property(v => v.EncryptedMail).HasMaxLength(20).HasDefaultValue(EncryptedMailPolicies.Seal);
        builder.Property(v => v.MetadataPolicy).HasMaxLength(20).HasDefaultValue("full");
        builder.Property(v => v.CreatedAt).HasDefaultValueSql("now()");
        builder.Property(v => v.UpdatedAt).HasDefaultValueSql("now()");
        builder.Ignore(v => v.Address);
        builder.HasIndex(v => v.Alias);
        builder.HasIndex(v => v.SmtpEnabled);
        builder.HasIndex(v => new { v.UserId, v.Domain });
        builder.HasIndex(v => v.DeletedAt).HasFilter("deleted_at IS NOT NULL");
    }
}
