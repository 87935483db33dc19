using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Links;
using Portal.Platform.Accounts.SecondFactor;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Accounts.SetUp;
using Portal.Platform.Accounts.Tokens;
using Portal.Platform.Audit;
using Portal.Platform.DataProtection;
using Portal.Platform.Domains;
using Portal.Platform.MotorBlocks;
using Portal.Platform.Settings;
using Portal.Platform.Subscriptions;
using Portal.Platform.Support;
using Portal.Platform.SystemMail;

namespace Portal.Platform;

/// <summary>The platform database (<c>motorical_db</c>). Take one per operation from the factory; never keep it for a circuit.</summary>
public sealed class PlatformContext(DbContextOptions<PlatformContext> options) : DbContext(options)
{
    public DbSet<User> Users => Set<User>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();

    public DbSet<SetupLink> SetupLinks => Set<SetupLink>();

    public DbSet<AccountLink> AccountLinks => Set<AccountLink>();

    public DbSet<Authenticator> Authenticators => Set<Authenticator>();

    public DbSet<Passkey> Passkeys => Set<Passkey>();

    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();

    public DbSet<RememberedDevice> RememberedDevices => Set<RememberedDevice>();

    public DbSet<SystemMessage> SystemMessages => Set<SystemMessage>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public DbSet<Domain> Domains => Set<Domain>();

    public DbSet<Setting> Settings => Set<Setting>();

    public DbSet<MotorBlock> MotorBlocks => Set<MotorBlock>();

    public DbSet<MotorBlockUse> MotorBlockUses => Set<MotorBlockUse>();

    public DbSet<MotorBlockMinute> MotorBlockMinutes => Set<MotorBlockMinute>();

    public DbSet<SupportGrant> SupportGrants => Set<SupportGrant>();

    public DbSet<SupportLook> SupportLooks => Set<SupportLook>();

    public DbSet<Subscription> Subscriptions => Set<Subscription>();

    public DbSet<BillingAccount> Billing => Set<BillingAccount>();

    public DbSet<AuditEntry> AuditLog => Set<AuditEntry>();

    public DbSet<AuditValue> AuditValues => Set<AuditValue>();

    public DbSet<AuditIdentity> AuditIdentities => Set<AuditIdentity>();

    public DbSet<AuditCheck> AuditChecks => Set<AuditCheck>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder
        .ApplyConfiguration(new AuditOutboxConfiguration())
        .ApplyConfigurationsFromAssembly(typeof(PlatformContext).Assembly);
}
