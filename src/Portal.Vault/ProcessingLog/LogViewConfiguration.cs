using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Vault.ProcessingLog;

internal sealed class LogViewConfiguration : IEntityTypeConfiguration<LogView>
{
    public const int NameLength = 60;
    public const int QueryLength = 2_000;

    public void Configure(EntityTypeBuilder<LogView> builder)
    {
        builder.ToTable("processing_log_views");
        builder.Property(v => v.Id).HasDefaultValueSql("gen_random_uuid()");
        builder.Property(v => v.Name).HasMaxLength(NameLength);
        builder.Property(v => v.Query).HasMaxLength(QueryLength);
        builder.HasIndex(v => new { v.UserId, v.CreatedAt });
    }
}
