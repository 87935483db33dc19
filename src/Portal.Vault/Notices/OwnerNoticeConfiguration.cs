using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Vault.Notices;

internal sealed class OwnerNoticeConfiguration : IEntityTypeConfiguration<OwnerNotice>
{
    public void Configure(EntityTypeBuilder<OwnerNotice> builder)
    {
        builder.ToTable("owner_notices");
        builder.Property(n => n.Id).HasDefaultValueSql("gen_random_uuid()");
        builder.Property(n => n.Kind).HasMaxLength(40);
        builder.Property(n => n.Detail).HasColumnType("jsonb");
        builder.HasIndex(n => new { n.UserId, n.OccurredAt, n.Id }).IsDescending(false, true, true);
        builder.Property(n => n.MailFailures).HasDefaultValue(0);
        builder.HasIndex(n => n.OccurredAt).HasFilter("wants_mail AND mailed_at IS NULL").HasDatabaseName("ix_owner_notices_mail_due");
    }
}
