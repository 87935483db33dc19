using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Platform.Accounts;

namespace Portal.Platform.MotorBlocks;

internal sealed class MotorBlockConfiguration : IEntityTypeConfiguration<MotorBlock>
{
    public const string UniqueUsername = "ux_motor_blocks_username";
    public const string DefaultLabel = "New sender";
    public const int LabelLength = 100;
    public const int DefaultRateLimit = 100;

    public void Configure(EntityTypeBuilder<MotorBlock> builder)
    {
        builder.ToTable("motor_blocks", table =>
        {
            table.HasCheckConstraint("ck_motor_blocks_username_lower", "username = lower(username)");
            // Names of this shape are asked of the vault's pool alone; no pool answers for the other.
            table.HasCheckConstraint("ck_motor_blocks_username_pool", "position('@' in username) = 0 AND NOT starts_with(username, 'encimap-')");
            table.HasCheckConstraint("ck_motor_blocks_rate_limit", "rate_limit_per_hour >= 0");
            table.HasCheckConstraint(
                "ck_motor_blocks_previous",
                "num_nulls(previous_password_id, previous_password_hash, previous_valid_until) IN (0, 3) "
                + "AND (previous_selector IS NULL OR previous_password_id IS NOT NULL)");
        });
        builder.Property(block => block.Id).HasDefaultValueSql("gen_random_uuid()");
        builder.Property(block => block.Label).HasMaxLength(LabelLength).HasDefaultValue(DefaultLabel);
        builder.Property(block => block.Username).HasMaxLength(255);
        builder.Property(block => block.PasswordHash).HasMaxLength(255);
        builder.Property(block => block.PasswordId).HasDefaultValueSql("gen_random_uuid()");
        builder.Property(block => block.Selector).HasMaxLength(8);
        builder.Property(block => block.PreviousPasswordHash).HasMaxLength(255);
        builder.Property(block => block.PreviousSelector).HasMaxLength(8);
        // The sentinels keep false and 0 from being taken for "not set, use the default".
        builder.Property(block => block.SmtpEnabled).HasDefaultValue(true).HasSentinel(true);
        builder.Property(block => block.RateLimitPerHour).HasDefaultValue(DefaultRateLimit).HasSentinel(DefaultRateLimit);
        builder.Property(block => block.Domain).HasMaxLength(253);
        builder.Property(block => block.AllowedNetworks).HasColumnType("cidr[]");
        builder.Property(block => block.LastUsedClient).HasMaxLength(MotorBlockUseConfiguration.ClientLength);
        builder.Property(block => block.CreatedAt).HasDefaultValueSql("now()");
        builder.Property(block => block.UpdatedAt).HasDefaultValueSql("now()");
        builder.HasIndex(block => block.Username, "username").IsUnique().HasDatabaseName(UniqueUsername);
        builder.HasIndex(block => block.Username, "enabled").HasFilter("smtp_enabled")
            .HasDatabaseName("ix_motor_blocks_username_smtp_enabled");
        builder.HasIndex(block => block.UserId);
        builder.HasIndex(block => block.PreviousValidUntil).HasFilter("previous_valid_until IS NOT NULL");
        builder.HasIndex(block => block.RevokedAt).HasFilter("revoked_at IS NOT NULL");
        builder.HasOne<User>().WithMany().HasForeignKey(block => block.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
