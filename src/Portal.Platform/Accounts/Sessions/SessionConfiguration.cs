using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Platform.Support;

namespace Portal.Platform.Accounts.Sessions;

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public const int UserAgentLength = 512;

    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("sessions");
        builder.Property(session => session.Id).HasDefaultValueSql("gen_random_uuid()");
        builder.Property(session => session.AuthMethod).HasMaxLength(32);
        builder.Property(session => session.UserAgent).HasMaxLength(UserAgentLength);
        builder.Property(session => session.CreatedAt).HasDefaultValueSql("now()");
        builder.Property(session => session.LastSeenAt).HasDefaultValueSql("now()");
        builder.HasIndex(session => session.UserId);
        builder.HasIndex(session => session.ExpiresAt);
        builder.HasOne<User>().WithMany().HasForeignKey(session => session.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(session => session.ViewingGrantId).HasFilter("viewing_grant_id IS NOT NULL");
        builder.HasOne<SupportGrant>().WithMany().HasForeignKey(session => session.ViewingGrantId).OnDelete(DeleteBehavior.SetNull);
    }
}
