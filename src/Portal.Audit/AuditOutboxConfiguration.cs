using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Audit;

public sealed class AuditOutboxConfiguration : IEntityTypeConfiguration<AuditOutboxRow>
{
    public const int ActLength = 64;

    public void Configure(EntityTypeBuilder<AuditOutboxRow> builder)
    {
        builder.ToTable("audit_outbox");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.ActorKind).HasMaxLength(16);
        builder.Property(row => row.Act).HasMaxLength(ActLength);
        builder.Property(row => row.TargetKind).HasMaxLength(AuditTarget.KindLength);
        builder.Property(row => row.TargetId).HasMaxLength(AuditTarget.IdLength);
        builder.Property(row => row.Before).HasColumnType("json");
        builder.Property(row => row.After).HasColumnType("json");
        builder.Property(row => row.PersonalBefore).HasColumnType("json");
        builder.Property(row => row.PersonalAfter).HasColumnType("json");
        builder.Property(row => row.FromNetwork).HasMaxLength(64);
        builder.Property(row => row.FromAgent).HasMaxLength(64);
        builder.Property(row => row.FromCredential).HasMaxLength(32);
    }
}
