using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Vault.Aliases;

internal sealed class RetiredAddressConfiguration : IEntityTypeConfiguration<RetiredAddress>
{
    public void Configure(EntityTypeBuilder<RetiredAddress> builder)
    {
        builder.ToTable("retired_addresses", table => table.HasCheckConstraint("ck_retired_addresses_lower_case", "local_part = lower(local_part) AND domain = lower(domain)"));
        builder.HasKey(r => new { r.Domain, r.LocalPart });
        builder.Property(r => r.Domain).HasMaxLength(255);
        builder.Property(r => r.LocalPart).HasMaxLength(100);
    }
}
