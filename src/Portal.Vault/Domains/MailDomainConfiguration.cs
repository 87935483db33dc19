using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Vault.Domains;

internal sealed class MailDomainConfiguration : IEntityTypeConfiguration<MailDomain>
{
    public void Configure(EntityTypeBuilder<MailDomain> builder)
    {
        builder.ToTable("mail_domains", table => table.HasCheckConstraint("ck_mail_domains_lower_case", "domain = lower(domain)"));
        builder.HasKey(d => d.Domain);
        builder.Property(d => d.Domain).HasMaxLength(255);
        builder.Property(d => d.AddedAt).HasDefaultValueSql("now()");
    }
}
