using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Platform.Accounts.Links;

internal sealed class AccountLinkConfiguration : IEntityTypeConfiguration<AccountLink>
{
    public void Configure(EntityTypeBuilder<AccountLink> builder)
    {
        builder.ToTable("account_links", table =>
        {
            table.HasCheckConstraint("ck_account_links_kind", LowerCaseEnum<AccountLinkKind>.Check("kind"));
            table.HasCheckConstraint("ck_account_links_role", LowerCaseEnum<Role>.Check("role"));
            table.HasCheckConstraint("ck_account_links_token_hash", "octet_length(token_hash) = 32");
            table.HasCheckConstraint("ck_account_links_subject", "(kind = 'invite') = (user_id IS NULL)");
            table.HasCheckConstraint("ck_account_links_email_lower", "email = lower(email)");
        });
        builder.Property(link => link.Id).HasDefaultValueSql("gen_random_uuid()");
        builder.Property(link => link.Kind).HasConversion<LowerCaseEnum<AccountLinkKind>>().HasMaxLength(16);
        builder.Property(link => link.Role).HasConversion<LowerCaseEnum<Role>>().HasMaxLength(16);
        builder.Property(link => link.Email).HasMaxLength(255);
        builder.Property(link => link.CreatedAt).HasDefaultValueSql("now()");
        builder.HasIndex(link => link.TokenHash).IsUnique();
        builder.HasIndex(link => link.UserId);
        builder.HasIndex(link => link.Email);
        builder.HasOne<User>().WithMany().HasForeignKey(link => link.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(link => link.CreatedBy).OnDelete(DeleteBehavior.SetNull);
    }
}
