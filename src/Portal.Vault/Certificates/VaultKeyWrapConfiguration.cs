using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Vault.Certificates;

internal sealed class VaultKeyWrapConfiguration : IEntityTypeConfiguration<VaultKeyWrap>
{
    public void Configure(EntityTypeBuilder<VaultKeyWrap> builder)
    {
        builder.ToTable("vault_key_wraps", table =>
        {
            table.HasCheckConstraint("ck_vault_key_wraps_length", "octet_length(wrapped) = 60");
            table.HasCheckConstraint("ck_vault_key_wraps_method", "method IN ('passphrase', 'recovery_kit')");
        });
        builder.HasKey(w => new { w.UserId, w.Method });
        builder.Property(w => w.Method).HasMaxLength(20);
        builder.Property(w => w.Kdf).HasColumnType("jsonb");
        builder.Property(w => w.CreatedAt).HasDefaultValueSql("now()");
    }
}
