using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Aliases;

internal sealed class AliasConfiguration : IEntityTypeConfiguration<Alias>
{
    public const string UniqueAddressIndex = "ux_aliases_domain_local_part";

    public void Configure(EntityTypeBuilder<Alias> builder)
    {
        builder.ToTable("aliases", table => table.HasCheckConstraint(
            "ck_aliases_lower_case", "local_part = lower(local_part) AND domain = lower(domain)"));
        builder.Property(a => a.Id).HasDefaultValueSql("gen_random_uuid()");
        builder.Property(a => a.Domain).HasMaxLength(255);
        builder.Property(a => a.LocalPart).HasMaxLength(100);
        builder.Property(a => a.IsPrimary).HasDefaultValue(false);
        builder.Property(a => a.CreatedAt).HasDefaultValueSql("now()");
        builder.HasOne<Vaultbox>().WithMany().HasForeignKey(a => a.VaultboxId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(a => new { a.Domain, a.LocalPart }).IsUnique().HasDatabaseName(UniqueAddressIndex);
        builder.HasIndex(a => a.VaultboxId);
    }
}
