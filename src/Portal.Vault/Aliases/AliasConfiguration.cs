using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Aliases;

internal sealed class AliasConfiguration : IEntityTypeConfiguration<Alias>
{
    public const string UniqueAddressIndex = "ux_aliases_domain_local_part";

    public const int LabelLength = 60;

    public const int NoteLength = 200;

    public void Configure(EntityTypeBuilder<Alias> builder)
    {
        builder.ToTable("aliases", table =>
        {
            table.HasCheckConstraint("ck_aliases_lower_case", "local_part = lower(local_part) AND domain = lower(domain)");
            table.HasCheckConstraint("ck_aliases_status", "status IN ('active', 'paused')");
            table.HasCheckConstraint("ck_aliases_kind", "kind IN ('named', 'random', 'catch_all')");
            table.HasCheckConstraint("ck_aliases_catch_all", "(kind = 'catch_all') = (local_part = '*')");
            table.HasCheckConstraint("ck_aliases_ends", "max_messages > 0 AND max_idle_days > 0");
            table.HasCheckConstraint(
                "ck_aliases_primary",
                """
                NOT is_primary OR (kind = 'named' AND status = 'active' AND expires_at IS NULL AND max_messages IS NULL
                    AND max_idle_days IS NULL AND deleted_at IS NULL)
                """);
        });
        builder.Property(a => a.Id).HasDefaultValueSql("gen_random_uuid()");
        builder.Property(a => a.Domain).HasMaxLength(255);
        builder.Property(a => a.LocalPart).HasMaxLength(100);
        builder.Property(a => a.IsPrimary).HasDefaultValue(false);
        builder.Property(a => a.Kind).HasMaxLength(20).HasDefaultValue(AliasKinds.Named);
        builder.Property(a => a.Status).HasMaxLength(20).HasDefaultValue(AliasStatus.Active);
        builder.Property(a => a.Label).HasMaxLength(LabelLength);
        builder.Property(a => a.Note).HasMaxLength(NoteLength);
        builder.Property(a => a.MessageCount).HasDefaultValue(0L);
        builder.Property(a => a.CreatedAt).HasDefaultValueSql("now()");
        builder.Property(a => a.UpdatedAt).HasDefaultValueSql("now()");
        builder.HasOne<Vaultbox>().WithMany().HasForeignKey(a => a.VaultboxId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(a => new { a.Domain, a.LocalPart }).IsUnique().HasDatabaseName(UniqueAddressIndex);
        builder.HasIndex(a => new { a.VaultboxId, a.CreatedAt, a.Id });
        builder.HasIndex(a => a.DeletedAt).HasFilter("deleted_at IS NOT NULL");
    }
}
