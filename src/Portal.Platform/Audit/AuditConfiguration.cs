using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Audit;

namespace Portal.Platform.Audit;

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit_log", table =>
        {
            table.HasCheckConstraint("ck_audit_log_seq", "seq > 0");
            table.HasCheckConstraint("ck_audit_log_hashes", "octet_length(hash) = 32 AND octet_length(prev_hash) = 32");
        });
        builder.HasKey(entry => entry.Seq);
        builder.Property(entry => entry.Seq).ValueGeneratedNever();
        builder.HasIndex(entry => entry.OutboxId).IsUnique();
        builder.HasIndex(entry => entry.OccurredAt);
        builder.HasIndex(entry => new { entry.Act, entry.Seq });
        builder.HasIndex(entry => new { entry.Actor, entry.Seq });
        builder.HasIndex(entry => new { entry.Owner, entry.Seq });
        builder.HasIndex(entry => new { entry.TargetId, entry.Seq }).HasFilter("target_id IS NOT NULL");
        builder.Property(entry => entry.ActorKind).HasMaxLength(16);
        builder.Property(entry => entry.Act).HasMaxLength(AuditOutboxConfiguration.ActLength);
        builder.Property(entry => entry.TargetKind).HasMaxLength(AuditTarget.KindLength);
        builder.Property(entry => entry.TargetId).HasMaxLength(AuditTarget.IdLength);
        // Not jsonb, which keeps no spelling: the hash is over the text.
        builder.Property(entry => entry.Before).HasColumnType("json");
        builder.Property(entry => entry.After).HasColumnType("json");
    }
}

internal sealed class AuditValueConfiguration : IEntityTypeConfiguration<AuditValue>
{
    public void Configure(EntityTypeBuilder<AuditValue> builder)
    {
        builder.ToTable("audit_values");
        builder.HasKey(value => value.Hash);
        builder.Property(value => value.Value).HasColumnType("json");
        builder.HasIndex(value => value.Pseudonym);
    }
}

internal sealed class AuditIdentityConfiguration : IEntityTypeConfiguration<AuditIdentity>
{
    public void Configure(EntityTypeBuilder<AuditIdentity> builder)
    {
        builder.ToTable("audit_identities");
        builder.HasKey(identity => identity.Pseudonym);
        builder.Property(identity => identity.Pseudonym).ValueGeneratedNever();
        // No foreign key: the account's row goes first, then the entry that says so, then this.
        builder.HasIndex(identity => identity.UserId).IsUnique();
    }
}

internal sealed class AuditCheckConfiguration : IEntityTypeConfiguration<AuditCheck>
{
    public void Configure(EntityTypeBuilder<AuditCheck> builder)
    {
        builder.ToTable("audit_checks");
        builder.Property(check => check.Id).ValueGeneratedNever();
        builder.HasIndex(check => check.CheckedAt);
        builder.Property(check => check.Fault).HasMaxLength(32);
    }
}
