using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Platform.Accounts;

namespace Portal.Platform.Domains;

internal sealed class DomainConfiguration : IEntityTypeConfiguration<Domain>
{
    public const string UniqueVerified = "ux_domains_domain_verified";
    public const string UniquePerOwner = "ux_domains_user_id_domain";

    public void Configure(EntityTypeBuilder<Domain> builder)
    {
        builder.ToTable("domains", table =>
        {
            table.HasCheckConstraint("ck_domains_domain_lower", "domain = lower(domain)");
            table.HasCheckConstraint("ck_domains_verification_status", LowerCaseEnum<VerificationStatus>.Check("verification_status"));
        });
        builder.Property(domain => domain.Id).HasDefaultValueSql("gen_random_uuid()");
        builder.Property(domain => domain.Name).HasColumnName("domain").HasMaxLength(253);
        builder.Property(domain => domain.VerificationStatus).HasConversion<LowerCaseEnum<VerificationStatus>>().HasMaxLength(16)
            .HasDefaultValue(VerificationStatus.Pending);
        builder.Property(domain => domain.Shared).HasDefaultValue(false);
        builder.Property(domain => domain.VerifiedReason).HasMaxLength(UserConfiguration.ReasonLength);
        builder.Property(domain => domain.CreatedAt).HasDefaultValueSql("now()");
        builder.HasIndex(domain => domain.Name).IsUnique().HasFilter("verification_status = 'verified'").HasDatabaseName(UniqueVerified);
        builder.HasIndex(domain => new { domain.UserId, domain.Name }).IsUnique().HasDatabaseName(UniquePerOwner);

        // Restrict: vaultboxes in the other database stand on the domain's name.
        builder.HasOne<User>().WithMany().HasForeignKey(domain => domain.UserId).OnDelete(DeleteBehavior.Restrict);
    }
}
