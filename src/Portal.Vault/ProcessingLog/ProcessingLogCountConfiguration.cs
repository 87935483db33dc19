using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Vault.ProcessingLog;

internal sealed class ProcessingLogCountConfiguration : IEntityTypeConfiguration<ProcessingLogCount>
{
    public void Configure(EntityTypeBuilder<ProcessingLogCount> builder)
    {
        builder.ToTable("processing_log_counts");
        builder.HasKey(c => new { c.Slot, c.RecipientDomain, c.Stage, c.Outcome, c.SmtpCode, c.EnhancedCode });
        builder.Property(c => c.RecipientDomain).HasMaxLength(255);
        builder.Property(c => c.Stage).HasMaxLength(20);
        builder.Property(c => c.Outcome).HasMaxLength(20);
        builder.Property(c => c.EnhancedCode).HasMaxLength(12);
        builder.HasIndex(c => new { c.RecipientDomain, c.Slot });
    }
}

internal sealed class ProcessingLogSenderCountConfiguration : IEntityTypeConfiguration<ProcessingLogSenderCount>
{
    public void Configure(EntityTypeBuilder<ProcessingLogSenderCount> builder)
    {
        builder.ToTable("processing_log_sender_counts");
        builder.HasKey(c => new { c.SenderDomain, c.Hour, c.Outcome });
        builder.Property(c => c.SenderDomain).HasMaxLength(255);
        builder.Property(c => c.Outcome).HasMaxLength(20);
        builder.HasIndex(c => c.Hour);
    }
}

internal sealed class ProcessingLogCountingConfiguration : IEntityTypeConfiguration<ProcessingLogCounting>
{
    public void Configure(EntityTypeBuilder<ProcessingLogCounting> builder)
    {
        builder.ToTable("processing_log_countings", table => table.HasCheckConstraint("ck_processing_log_countings_one", "id = 1"));
        builder.Property(c => c.Id).ValueGeneratedNever();
    }
}
