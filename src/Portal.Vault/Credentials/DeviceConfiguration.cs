using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Credentials;

internal sealed class DeviceConfiguration : IEntityTypeConfiguration<Device>
{
    public const int LabelLength = 100;

    public const string UniqueUsernameIndex = "ux_devices_username";

    public const string UniqueSelectorIndex = "ux_devices_vaultbox_selector";

    public void Configure(EntityTypeBuilder<Device> builder)
    {
        builder.ToTable("devices", table =>
        {
            // What begins otherwise is asked of the platform's pool.
            table.HasCheckConstraint("ck_devices_username", "username = lower(username) AND username LIKE 'encimap-%' AND username NOT LIKE '%@%'");
            table.HasCheckConstraint("ck_devices_previous", "(previous_password_id IS NULL) = (previous_valid_until IS NULL) AND (previous_selector IS NULL OR previous_password_id IS NOT NULL)");
            table.HasCheckConstraint("ck_devices_last_used_protocol", "last_used_protocol IN ('smtp', 'imap')");
        });
        builder.Property(d => d.Id).HasDefaultValueSql("gen_random_uuid()");
        builder.Property(d => d.Username).HasMaxLength(255);
        builder.Property(d => d.Label).HasMaxLength(LabelLength);
        builder.Property(d => d.Selector).HasMaxLength(8);
        builder.Property(d => d.PreviousSelector).HasMaxLength(8);
        builder.Property(d => d.AllowedNetworks).HasColumnType("cidr[]");
        builder.Property(d => d.LastUsedClient).HasMaxLength(255);
        builder.Property(d => d.LastUsedProtocol).HasMaxLength(4);
        builder.Property(d => d.CreatedAt).HasDefaultValueSql("now()");
        builder.Property(d => d.UpdatedAt).HasDefaultValueSql("now()");
        builder.HasOne<Vaultbox>().WithMany().HasForeignKey(d => d.VaultboxId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(d => d.Username).IsUnique().HasDatabaseName(UniqueUsernameIndex);
        builder.HasIndex(d => new { d.VaultboxId, d.Selector }).IsUnique().HasFilter("revoked_at IS NULL").HasDatabaseName(UniqueSelectorIndex);
        builder.HasIndex(d => new { d.VaultboxId, d.CreatedAt, d.Id });
        builder.HasIndex(d => d.UserId);
        builder.HasIndex(d => d.PreviousValidUntil).HasFilter("previous_valid_until IS NOT NULL");
        builder.HasIndex(d => d.RevokedAt).HasFilter("revoked_at IS NOT NULL");
    }
}

internal sealed class DeviceUseConfiguration : IEntityTypeConfiguration<DeviceUse>
{
    public void Configure(EntityTypeBuilder<DeviceUse> builder)
    {
        builder.ToTable("device_uses", table => table.HasCheckConstraint("ck_device_uses_protocol", "protocol IN ('smtp', 'imap')"));
        // The table's key has the network in it, which EF cannot compare; it never writes here.
        builder.HasNoKey();
        builder.Property(u => u.Protocol).HasMaxLength(4);
        builder.Property(u => u.ClientName).HasMaxLength(255).HasDefaultValue(string.Empty);
        builder.Property(u => u.Network).HasColumnType("cidr");
        builder.HasOne<Device>().WithMany().HasForeignKey(u => u.DeviceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(u => u.LastAt);
    }
}

internal sealed class SuspendedOwnerConfiguration : IEntityTypeConfiguration<SuspendedOwner>
{
    public void Configure(EntityTypeBuilder<SuspendedOwner> builder)
    {
        builder.ToTable("suspended_owners");
        builder.HasKey(o => o.UserId);
    }
}
