using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Vault.Aliases;
using Portal.Vault.Certificates;
using Portal.Vault.Credentials;
using Portal.Vault.Domains;
using Portal.Vault.Intake;
using Portal.Vault.Messages;
using Portal.Vault.Notices;
using Portal.Vault.ProcessingLog;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault;

/// <summary>The encrypted-mail database. One context per operation, from the factory; never per circuit.</summary>
public sealed class VaultContext(DbContextOptions<VaultContext> options) : DbContext(options)
{
    public DbSet<Vaultbox> Vaultboxes => Set<Vaultbox>();

    public DbSet<Alias> Aliases => Set<Alias>();

    public DbSet<RetiredAddress> RetiredAddresses => Set<RetiredAddress>();

    public DbSet<MailDomain> MailDomains => Set<MailDomain>();

    public DbSet<Certificate> Certificates => Set<Certificate>();

    public DbSet<VaultKeyWrap> VaultKeyWraps => Set<VaultKeyWrap>();

    public DbSet<Device> Devices => Set<Device>();

    public DbSet<DeviceUse> DeviceUses => Set<DeviceUse>();

    public DbSet<SuspendedOwner> SuspendedOwners => Set<SuspendedOwner>();

    public DbSet<VaultboxSmtpCredential> SmtpCredentials => Set<VaultboxSmtpCredential>();

    public DbSet<ImapAppCredential> ImapCredentials => Set<ImapAppCredential>();

    public DbSet<Mailbox> Mailboxes => Set<Mailbox>();

    public DbSet<EncryptedEmail> EncryptedEmails => Set<EncryptedEmail>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<OwnerNotice> OwnerNotices => Set<OwnerNotice>();

    public DbSet<ProcessingLogEntry> ProcessingLogs => Set<ProcessingLogEntry>();

    public DbSet<ProcessingLogCount> ProcessingLogCounts => Set<ProcessingLogCount>();

    public DbSet<ProcessingLogSenderCount> ProcessingLogSenderCounts => Set<ProcessingLogSenderCount>();

    public DbSet<ProcessingLogCounting> ProcessingLogCountings => Set<ProcessingLogCounting>();

    public DbSet<LogView> LogViews => Set<LogView>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfiguration(new AuditOutboxConfiguration()).ApplyConfigurationsFromAssembly(typeof(VaultContext).Assembly);
        modelBuilder.HasDbFunction(typeof(LogBuckets).GetMethod(nameof(LogBuckets.Bin))!).HasName("date_bin").IsBuiltIn();
    }
}
