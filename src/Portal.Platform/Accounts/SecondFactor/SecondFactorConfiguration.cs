using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Platform.Accounts.Sessions;

namespace Portal.Platform.Accounts.SecondFactor;

/// <summary>The four tables of what proves an account beside its password.</summary>
internal sealed class SecondFactorConfiguration :
    IEntityTypeConfiguration<Authenticator>,
    IEntityTypeConfiguration<Passkey>,
    IEntityTypeConfiguration<RecoveryCode>,
    IEntityTypeConfiguration<RememberedDevice>
{
    public const string UniqueCredential = "ux_passkeys_credential_id";

    public const int PasskeyNameLength = 60;

    public void Configure(EntityTypeBuilder<Authenticator> builder)
    {
        builder.ToTable("authenticators");
        builder.HasKey(authenticator => authenticator.UserId);
        builder.Property(authenticator => authenticator.CreatedAt).HasDefaultValueSql("now()");
        builder.HasOne<User>().WithOne().HasForeignKey<Authenticator>(authenticator => authenticator.UserId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<Passkey> builder)
    {
        builder.ToTable("passkeys", table =>
            table.HasCheckConstraint("ck_passkeys_credential_id", "octet_length(credential_id) BETWEEN 1 AND 1023"));
        builder.Property(passkey => passkey.Id).HasDefaultValueSql("gen_random_uuid()");
        builder.Property(passkey => passkey.Name).HasMaxLength(PasskeyNameLength);
        builder.Property(passkey => passkey.CreatedAt).HasDefaultValueSql("now()");
        builder.HasIndex(passkey => passkey.CredentialId).IsUnique().HasDatabaseName(UniqueCredential);
        builder.HasIndex(passkey => passkey.UserId);
        builder.HasOne<User>().WithMany().HasForeignKey(passkey => passkey.UserId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.ToTable("recovery_codes", table =>
            table.HasCheckConstraint("ck_recovery_codes_code_hash", "octet_length(code_hash) = 32"));
        builder.Property(code => code.Id).HasDefaultValueSql("gen_random_uuid()");
        builder.Property(code => code.CreatedAt).HasDefaultValueSql("now()");
        builder.HasIndex(code => new { code.UserId, code.CodeHash }).IsUnique();
        builder.HasOne<User>().WithMany().HasForeignKey(code => code.UserId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<RememberedDevice> builder)
    {
        builder.ToTable("remembered_devices", table =>
            table.HasCheckConstraint("ck_remembered_devices_token_hash", "octet_length(token_hash) = 32"));
        builder.Property(device => device.Id).HasDefaultValueSql("gen_random_uuid()");
        builder.Property(device => device.UserAgent).HasMaxLength(SessionConfiguration.UserAgentLength);
        builder.Property(device => device.CreatedAt).HasDefaultValueSql("now()");
        builder.HasIndex(device => device.TokenHash).IsUnique();
        builder.HasIndex(device => device.UserId);
        builder.HasOne<User>().WithMany().HasForeignKey(device => device.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
