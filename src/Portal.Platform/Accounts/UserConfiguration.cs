using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Platform.Accounts;

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public const string UniqueEmail = "ux_users_email";
    public const int ReasonLength = 200;

    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("users", table =>
        {
            table.HasCheckConstraint("ck_users_email_lower", "email = lower(email)");
            table.HasCheckConstraint("ck_users_role", LowerCaseEnum<Role>.Check("role"));
            table.HasCheckConstraint("ck_users_status", LowerCaseEnum<AccountStatus>.Check("status"));
        });
        builder.Property(user => user.Id).HasDefaultValueSql("gen_random_uuid()");
        builder.Property(user => user.Email).HasMaxLength(255).IsRequired();
        builder.HasIndex(user => user.Email).IsUnique().HasDatabaseName(UniqueEmail);
        builder.Property(user => user.EmailConfirmed).HasColumnName("email_verified").HasDefaultValue(false);
        builder.Property(user => user.PasswordHash).HasMaxLength(255);
        builder.Property(user => user.Role).HasConversion<LowerCaseEnum<Role>>().HasMaxLength(16).HasDefaultValue(Role.User);
        builder.Property(user => user.Status).HasConversion<LowerCaseEnum<AccountStatus>>().HasMaxLength(16)
            .HasDefaultValue(AccountStatus.Active);
        builder.Property(user => user.SuspendedReason).HasMaxLength(ReasonLength);
        builder.Property(user => user.PasswordStandsAlone).HasDefaultValue(true).HasSentinel(true);
        builder.HasIndex(user => user.DeletionDueAt).HasFilter("deletion_due_at IS NOT NULL");
        builder.Property(user => user.SecurityStamp).HasMaxLength(64);
        builder.Property(user => user.ConcurrencyStamp).HasMaxLength(64).IsConcurrencyToken();
        builder.Property(user => user.LockoutEnabled).HasDefaultValue(true).HasSentinel(true);
        builder.Property(user => user.AccessFailedCount).HasDefaultValue(0);
        builder.Property(user => user.TwoFactorEnabled).HasDefaultValue(false);
        builder.Property(user => user.CreatedAt).HasDefaultValueSql("now()");
        builder.Property(user => user.UpdatedAt).HasDefaultValueSql("now()");
        builder.Ignore(user => user.UserName);
        builder.Ignore(user => user.NormalizedUserName);
        builder.Ignore(user => user.NormalizedEmail);
        builder.Ignore(user => user.PhoneNumber);
        builder.Ignore(user => user.PhoneNumberConfirmed);
    }
}
