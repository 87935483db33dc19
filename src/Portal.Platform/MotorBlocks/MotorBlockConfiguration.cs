using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Platform.Accounts;

namespace Portal.Platform.MotorBlocks;

internal sealed class MotorBlockConfiguration : IEntityTypeConfiguration<MotorBlock>
{
    public void Configure(EntityTypeBuilder<MotorBlock> builder)
    {
        builder.ToTable("motor_blocks", table =>
        {
            table.HasCheckConstraint("ck_motor_blocks_username_lower", "username = lower(username)");
            table.HasCheckConstraint("ck_motor_blocks_rate_limit", "rate_limit_per_hour >= 0");
        });
        builder.Property(block => block.Id).HasDefaultValueSql("gen_random_uuid()");
        builder.Property(block => block.Username).HasMaxLength(255);
        builder.Property(block => block.PasswordHash).HasMaxLength(255);
        // The sentinels keep false and 0 from being taken for "not set, use the default".
        builder.Property(block => block.SmtpEnabled).HasDefaultValue(true).HasSentinel(true);
        builder.Property(block => block.RateLimitPerHour).HasDefaultValue(100).HasSentinel(100);
        builder.Property(block => block.Domain).HasMaxLength(253);
        builder.Property(block => block.CreatedAt).HasDefaultValueSql("now()");
        builder.Property(block => block.UpdatedAt).HasDefaultValueSql("now()");
        builder.HasIndex(block => block.Username, "username").IsUnique().HasDatabaseName("ux_motor_blocks_username");
        builder.HasIndex(block => block.Username, "enabled").HasFilter("smtp_enabled")
            .HasDatabaseName("ix_motor_blocks_username_smtp_enabled");
        builder.HasIndex(block => block.UserId);
        builder.HasOne<User>().WithMany().HasForeignKey(block => block.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
