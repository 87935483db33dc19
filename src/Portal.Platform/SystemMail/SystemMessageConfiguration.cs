using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Platform.SystemMail;

internal sealed class SystemMessageConfiguration : IEntityTypeConfiguration<SystemMessage>
{
    public const int ErrorLength = 500;

    public void Configure(EntityTypeBuilder<SystemMessage> builder)
    {
        builder.ToTable("system_messages", table =>
            table.HasCheckConstraint("ck_system_messages_state", LowerCaseEnum<SystemMessageState>.Check("state")));
        builder.Property(message => message.Id).HasDefaultValueSql("gen_random_uuid()");
        builder.Property(message => message.Kind).HasMaxLength(40);
        builder.Property(message => message.Recipient).HasMaxLength(255);
        builder.Property(message => message.Subject).HasMaxLength(200);
        builder.Property(message => message.State).HasConversion<LowerCaseEnum<SystemMessageState>>().HasMaxLength(16);
        builder.Property(message => message.LastError).HasMaxLength(ErrorLength);
        builder.Property(message => message.CreatedAt).HasDefaultValueSql("now()");
        builder.HasIndex(message => message.NextAttemptAt).HasFilter("state = 'queued'");
        builder.HasIndex(message => message.CreatedAt);
        builder.HasIndex(message => message.ExpiresAt).HasFilter("protected_body IS NOT NULL");
    }
}
