using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Messages;

internal sealed class MailboxConfiguration : IEntityTypeConfiguration<Mailbox>
{
    public void Configure(EntityTypeBuilder<Mailbox> builder)
    {
        builder.ToTable("mailboxes");
        builder.Property(m => m.Id).HasDefaultValueSql("gen_random_uuid()");
        builder.Property(m => m.Name).HasMaxLength(255);
        builder.Property(m => m.UidNext).HasDefaultValue(1L);
        builder.Property(m => m.HighestModSeq).HasDefaultValue(1L);
        builder.Property(m => m.MessageCount).HasDefaultValue(0L);
        builder.Property(m => m.Octets).HasDefaultValue(0L);
        builder.HasOne<Vaultbox>().WithMany().HasForeignKey(m => m.VaultboxId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(m => new { m.VaultboxId, m.Name }).IsUnique();
    }
}

internal sealed class EncryptedEmailConfiguration : IEntityTypeConfiguration<EncryptedEmail>
{
    public void Configure(EntityTypeBuilder<EncryptedEmail> builder)
    {
        builder.ToTable("encrypted_emails", table =>
        {
            table.HasCheckConstraint("ck_encrypted_emails_content_sha256", "octet_length(content_sha256) = 32");
            // A DER SEQUENCE: text, and so plaintext mail, cannot be stored here.
            table.HasCheckConstraint("ck_encrypted_emails_body_is_der", "get_byte(body_encrypted, 0) = 48");
            table.HasCheckConstraint("ck_encrypted_emails_summary_is_sealed",
                "subject_encrypted IS NULL OR (get_byte(subject_encrypted, 0) = 1 AND octet_length(subject_encrypted) >= 82)");
        });
        builder.Property(e => e.MessageId).HasMaxLength(998);
        builder.Property(e => e.Sender).HasMaxLength(320);
        builder.Property(e => e.Recipient).HasMaxLength(320);
        builder.Property(e => e.EncryptionMethod).HasMaxLength(40).HasDefaultValue("S/MIME");
        builder.Property(e => e.ContentType).HasMaxLength(100);
        builder.Property(e => e.Flags).HasDefaultValueSql("'{}'::text[]");
        builder.Property(e => e.SealedTo).HasDefaultValueSql("'{}'::bytea[]");
        builder.Property(e => e.ProcessedAt).HasDefaultValueSql("now()");
        builder.HasOne<Vaultbox>().WithMany().HasForeignKey(e => e.VaultboxId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Mailbox>().WithMany().HasForeignKey(e => e.MailboxId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(e => new { e.MailboxId, e.Uid }).IsUnique();
        builder.HasIndex(e => new { e.VaultboxId, e.ReceivedAt, e.Id }).IsDescending(false, true, true);
        // Which key opens how many is counted from the index alone.
        builder.HasIndex(e => new { e.VaultboxId, e.SealedTo, e.ReceivedAt });
    }
}
