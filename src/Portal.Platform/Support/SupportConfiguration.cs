using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Platform.Accounts;

namespace Portal.Platform.Support;

internal sealed class SupportGrantConfiguration : IEntityTypeConfiguration<SupportGrant>
{
    public const int ReasonLength = 200;

    public const int TicketLength = 60;

    public void Configure(EntityTypeBuilder<SupportGrant> builder)
    {
        builder.ToTable("support_grants", table =>
        {
            table.HasCheckConstraint("ck_support_grants_kind", LowerCaseEnum<SupportGrantKind>.Check("kind"));
            table.HasCheckConstraint("ck_support_grants_ended_by", LowerCaseEnum<SupportEnd>.Check("ended_by"));
            table.HasCheckConstraint("ck_support_grants_minutes", "minutes BETWEEN 5 AND 30");
            table.HasCheckConstraint("ck_support_grants_time", "answered_at IS NULL OR ends_at <= answered_at + interval '30 minutes'");
            table.HasCheckConstraint("ck_support_grants_not_own", "supporter_id <> owner_id");
            table.HasCheckConstraint("ck_support_grants_token_hash", "octet_length(token_hash) = 32");
        });
        builder.Property(grant => grant.Id).HasDefaultValueSql("gen_random_uuid()");
        builder.Property(grant => grant.SupporterEmail).HasMaxLength(255);
        builder.Property(grant => grant.Kind).HasConversion<LowerCaseEnum<SupportGrantKind>>().HasMaxLength(16);
        builder.Property(grant => grant.EndedBy).HasConversion<LowerCaseEnum<SupportEnd>>().HasMaxLength(16);
        builder.Property(grant => grant.Reason).HasMaxLength(ReasonLength);
        builder.Property(grant => grant.Ticket).HasMaxLength(TicketLength);
        builder.HasIndex(grant => new { grant.OwnerId, grant.AskedAt });
        builder.HasIndex(grant => new { grant.SupporterId, grant.AskedAt });
        builder.HasIndex(grant => grant.TokenHash).IsUnique();
        builder.HasIndex(grant => new { grant.SupporterId, grant.OwnerId }).IsUnique().HasFilter("ended_at IS NULL")
            .HasDatabaseName("ix_support_grants_one_open");
        builder.HasOne<User>().WithMany().HasForeignKey(grant => grant.OwnerId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(grant => grant.SupporterId).OnDelete(DeleteBehavior.SetNull);
    }
}

internal sealed class SupportLookConfiguration : IEntityTypeConfiguration<SupportLook>
{
    public const int WhatLength = 120;

    public const int PathLength = 300;

    public void Configure(EntityTypeBuilder<SupportLook> builder)
    {
        builder.ToTable("support_looks");
        builder.Property(look => look.Id).HasDefaultValueSql("gen_random_uuid()");
        builder.Property(look => look.What).HasMaxLength(WhatLength);
        builder.Property(look => look.Path).HasMaxLength(PathLength);
        builder.HasIndex(look => new { look.GrantId, look.At, look.Id });
        builder.HasOne<SupportGrant>().WithMany().HasForeignKey(look => look.GrantId).OnDelete(DeleteBehavior.Cascade);
    }
}
