using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Vault.ProcessingLog;

/// <summary>
/// The table is partitioned by day on <c>occurred_at</c>; EF cannot say so, so the first migration creates it in SQL with these columns.
/// Each filter of the log has its index, with the time behind it, so that a page is read from the newest row on. What nearly every row
/// has (a stage or a code of mail that was stored) has none: there the time's own index finds a page at once. What has its columns
/// included is counted without its rows.
/// </summary>
internal sealed class ProcessingLogConfiguration : IEntityTypeConfiguration<ProcessingLogEntry>
{
    private const int AddressLength = 320;
    private const int DomainLength = 255;
    private const string Trouble = "outcome <> 'ok'";

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
        builder.Property(l => l.Sender).HasMaxLength(AddressLength);
        builder.Property(l => l.Recipient).HasMaxLength(AddressLength);
        builder.Property(l => l.SenderDomain).HasMaxLength(DomainLength).HasComputedColumnSql(DomainOf("sender"), stored: true);
        builder.Property(l => l.RecipientDomain).HasMaxLength(DomainLength).HasComputedColumnSql(DomainOf("recipient"), stored: true);
        builder.Property(l => l.Cipher).HasMaxLength(40);
        builder.Property(l => l.Instance).HasMaxLength(100);
        AddIndexes(builder);
        AddIndexesOfTrouble(builder);
    }

    private static void AddIndexes(EntityTypeBuilder<ProcessingLogEntry> builder)
    {
        builder.HasIndex(l => l.PassportId);
        builder.HasIndex(l => new { l.VaultboxId, l.OccurredAt }).IncludeProperties(l => new { l.Outcome, l.Stage });
        builder.HasIndex(l => new { l.UserId, l.OccurredAt }).HasFilter("user_id IS NOT NULL").IncludeProperties(l => new { l.Outcome, l.Stage });
        builder.HasIndex(l => new { l.PeerIp, l.OccurredAt }).IncludeProperties(l => new { l.Outcome, l.Stage });
        builder.HasIndex(l => new { l.SenderDomain, l.OccurredAt }).IncludeProperties(l => new { l.Outcome, l.Stage, l.RecipientDomain });
        builder.HasIndex(l => new { l.RecipientDomain, l.OccurredAt });
        builder.HasIndex(l => new { l.Sender, l.OccurredAt }).IncludeProperties(l => new { l.Outcome, l.Stage, l.Recipient });
        builder.HasIndex(l => new { l.Recipient, l.OccurredAt }).IncludeProperties(l => new { l.Outcome, l.Stage });
        builder.HasIndex(l => new { l.AttemptDigest, l.OccurredAt }).HasFilter("attempt_digest IS NOT NULL");
        builder.HasIndex(l => new { l.Stage, l.OccurredAt }).HasFilter("stage <> 'accepted' AND stage <> 'sealed' AND stage <> 'stored'");
    }

    /// <summary>Trouble is what is looked for, is a small part of the log, and may be absent where all else is plenty.</summary>
    private static void AddIndexesOfTrouble(EntityTypeBuilder<ProcessingLogEntry> builder)
    {
        builder.HasIndex(l => new { l.Outcome, l.OccurredAt }).HasFilter(Trouble);
        builder.HasIndex(l => new { l.SmtpCode, l.OccurredAt }).HasFilter(Trouble);
        builder.HasIndex(l => new { l.EnhancedCode, l.OccurredAt }).HasFilter(Trouble);
        builder.HasIndex(l => new { l.RecipientDomain, l.SmtpCode, l.OccurredAt }).HasFilter(Trouble);
        builder.HasIndex(l => new { l.RecipientDomain, l.EnhancedCode, l.OccurredAt }).HasFilter(Trouble);
        Twin(l => new { l.VaultboxId, l.OccurredAt }, "vaultbox");
        Twin(l => new { l.PeerIp, l.OccurredAt }, "peer_ip");
        Twin(l => new { l.SenderDomain, l.OccurredAt }, "sender_domain");
        Twin(l => new { l.Recipient, l.OccurredAt }, "recipient");

        // Of columns that have an index already: EF tells the two apart by their names. With all that a chart is filtered by, it reads no rows.
        void Twin(Expression<Func<ProcessingLogEntry, object?>> columns, string name) =>
            builder.HasIndex(columns, name).HasDatabaseName($"ix_email_processing_logs_{name}_trouble").HasFilter(Trouble)
                .IncludeProperties(l => new { l.Stage, l.Outcome, l.SmtpCode, l.EnhancedCode });
    }

    /// <summary>A sender of whom only the domain may be written down is a domain already.</summary>
    private static string DomainOf(string column) => $"nullif(lower(left(split_part({column}, '@', -1), {DomainLength})), '')";
}
