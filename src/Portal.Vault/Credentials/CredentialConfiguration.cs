using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Credentials;

internal sealed class VaultboxSmtpCredentialConfiguration : IEntityTypeConfiguration<VaultboxSmtpCredential>
{
    public void Configure(EntityTypeBuilder<VaultboxSmtpCredential> builder)
    {
        builder.ToTable("vaultbox_smtp_credentials");
        builder.Property(c => c.Id).HasDefaultValueSql("gen_random_uuid()");
        builder.Property(c => c.Username).HasMaxLength(255);
        builder.Property(c => c.PasswordHash).HasMaxLength(255);
        builder.Property(c => c.PreviousPasswordHash).HasMaxLength(255);
        builder.Property(c => c.Host).HasMaxLength(255);
        builder.Property(c => c.Port).HasDefaultValue(2587);
        builder.Property(c => c.SecurityType).HasMaxLength(20).HasDefaultValue("STARTTLS");
        builder.Property(c => c.CreatedAt).HasDefaultValueSql("now()");
        builder.Property(c => c.UpdatedAt).HasDefaultValueSql("now()");
        builder.HasOne<Vaultbox>().WithMany().HasForeignKey(c => c.VaultboxId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Device>().WithOne().HasForeignKey<VaultboxSmtpCredential>(c => c.DeviceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(c => c.Username).IsUnique();
        builder.HasIndex(c => c.VaultboxId);
    }
}

internal sealed class ImapAppCredentialConfiguration : IEntityTypeConfiguration<ImapAppCredential>
{
    public void Configure(EntityTypeBuilder<ImapAppCredential> builder)
    {
        builder.ToTable("imap_app_credentials");
        builder.Property(c => c.Id).HasDefaultValueSql("gen_random_uuid()");
        builder.Property(c => c.Username).HasMaxLength(255);
        builder.Property(c => c.PasswordHash).HasMaxLength(255);
        builder.Property(c => c.PreviousPasswordHash).HasMaxLength(255);
        builder.Property(c => c.CreatedAt).HasDefaultValueSql("now()");
        builder.Property(c => c.UpdatedAt).HasDefaultValueSql("now()");
        builder.HasOne<Vaultbox>().WithMany().HasForeignKey(c => c.VaultboxId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Device>().WithOne().HasForeignKey<ImapAppCredential>(c => c.DeviceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(c => c.Username).IsUnique();
        builder.HasIndex(c => c.VaultboxId);
    }
}
