using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Vault.ProcessingLog;

/// <summary>
/// The table is partitioned by day on <c>occurred_at</c>; EF cannot say so, so the first migration creates it in SQL with these columns.
/// </summary>
internal sealed class ProcessingLogConfiguration : IEntityTypeConfiguration<ProcessingLogEntry>
{
    public void Configure(EntityTypeBuilder<ProcessingLogEntry> builder)
    {
        builder.ToTable("email_processing_logs");
        builder.HasKey(l => new { l.OccurredAt, l.Id });
        builder.Property(l => l.Stage).HasMaxLength(20);
        builder.Property(l => l.Outcome).HasMaxLength(20);
        builder.Property(l => l.EnhancedCode).HasMaxLength(12);
        builder.Property(l => l.Reason).HasMaxLength(500);
        builder.Property(l => l.PeerName).HasMaxLength(255);
        builder.Property(l => l.Tls).HasMaxLength(20);
        builder.Property(l => l.AuthenticatedAs).HasMaxLength(255);
        builder.Property(l => l.Sender).HasMaxLength(320);
        builder.Property(l => l.Recipient).HasMaxLength(320);
        builder.Property(l => l.Cipher).HasMaxLength(40);
        builder.Property(l => l.Instance).HasMaxLength(100);
        builder.HasIndex(l => l.PassportId);
        builder.HasIndex(l => new { l.VaultboxId, l.OccurredAt });
        builder.HasIndex(l => new { l.Stage, l.OccurredAt });
    }
}
