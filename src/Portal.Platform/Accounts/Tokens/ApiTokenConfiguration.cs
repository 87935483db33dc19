using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Platform.Accounts.Tokens;

internal sealed class ApiTokenConfiguration : IEntityTypeConfiguration<ApiToken>
{
    public const int NameLength = 60;

    public void Configure(EntityTypeBuilder<ApiToken> builder)
    {
        builder.ToTable("api_tokens", table =>
            table.HasCheckConstraint("ck_api_tokens_token_hash", "octet_length(token_hash) = 32"));
        builder.Property(token => token.Id).HasDefaultValueSql("gen_random_uuid()");
        builder.Property(token => token.Name).HasMaxLength(NameLength);
        builder.Property(token => token.Prefix).HasMaxLength(16);
        builder.Property(token => token.CreatedAt).HasDefaultValueSql("now()");
        builder.HasIndex(token => token.TokenHash).IsUnique();
        builder.HasIndex(token => token.UserId);
        builder.HasOne<User>().WithMany().HasForeignKey(token => token.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
