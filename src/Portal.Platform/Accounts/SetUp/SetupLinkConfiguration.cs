using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Platform.Accounts.SetUp;

internal sealed class SetupLinkConfiguration : IEntityTypeConfiguration<SetupLink>
{
    public void Configure(EntityTypeBuilder<SetupLink> builder)
    {
        builder.ToTable("setup_links", table =>
            table.HasCheckConstraint("ck_setup_links_token_hash", "octet_length(token_hash) = 32"));
        builder.Property(link => link.Id).HasDefaultValueSql("gen_random_uuid()");
        builder.Property(link => link.CreatedAt).HasDefaultValueSql("now()");
        builder.HasIndex(link => link.TokenHash).IsUnique();
    }
}
