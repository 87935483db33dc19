using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Portal.Platform;
using Portal.Testing;
using Portal.Vault;
using Portal.Vault.Certificates;
using Portal.Vault.ProcessingLog;
using Portal.Vault.Vaultboxes;
using Portal.Web.Hosting.StoredSettings;
using Portal.Web.Provisioning.Databases;

namespace Portal.Web.Tests.Components;

/// <summary>Pages on the real use cases and databases of their own.</summary>
public abstract class DatabaseComponentTest(PostgresCluster cluster) : ComponentTest
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("portal-pages-");

    protected TestDatabase Vault { get; private set; } = null!;

    protected TestDatabase Platform { get; private set; } = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public override async ValueTask InitializeAsync()
    {
        Vault = await cluster.CreateVaultAsync();
        Platform = await cluster.CreatePlatformAsync();
        Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        Services.AddVault(Vault.Service);
        Services.AddPlatform(Platform.Service);
        Services.AddPagesUnderTest(directory.FullName);
        var configuration = new ConfigurationManager();
        Services.AddSingleton<IConfiguration>(configuration).AddStoredSettings(configuration).AddDatabaseReports(Platform.Service, Vault.Service);
        await base.InitializeAsync();
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await Vault.DisposeAsync();
        await Platform.DisposeAsync();
        directory.Delete(recursive: true);
    }

    protected async Task<VaultboxView> MakeVaultboxAsync(string alias, string name = "", Guid? owner = null)
    {
        var actor = VaultActor.Session(owner ?? UserId, isAdmin: false, freshUntil: DateTimeOffset.MaxValue);
        var made = await Services.GetRequiredService<CreateVaultbox>()
            .HandleAsync(new CreateVaultboxRequest(actor, "vault.test", name, alias), Cancel);
        return made.Value ?? throw new InvalidOperationException(made.Problem!.Detail);
    }

    protected async Task GiveKeyAsync(Guid vaultboxId, DateTimeOffset notAfter)
    {
        await using var context = await ContextAsync();
        context.Add(new Certificate
        {
            VaultboxId = vaultboxId,
            CertificateType = CertificateTypes.Public,
            Purpose = KeyPurposes.Mail,
            PemContent = "-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n",
            FriendlyName = "Laptop 2026",
            FingerprintSha256 = [.. Enumerable.Range(0, 32).Select(i => (byte)i)],
            Algorithm = "RSA 3072",
            NotBefore = Time.GetUtcNow().AddDays(-1),
            NotAfter = notAfter,
            CreatedAt = Time.GetUtcNow(),
        });
        await context.SaveChangesAsync(Cancel);
    }

    protected async Task<Guid> LogAsync(string stage, string outcome, Action<LogEntryBuilder>? with = null)
    {
        var builder = new LogEntryBuilder { Stage = stage, Outcome = outcome, OccurredAt = Time.GetUtcNow() };
        with?.Invoke(builder);
        await using var context = await ContextAsync();
        context.Add(builder.Build());
        await context.SaveChangesAsync(Cancel);
        return builder.PassportId;
    }

    private Task<VaultContext> ContextAsync() => Services.GetRequiredService<IDbContextFactory<VaultContext>>().CreateDbContextAsync(Cancel);
}

public sealed class LogEntryBuilder
{
    public required string Stage { get; init; }

    public required string Outcome { get; init; }

    public DateTimeOffset OccurredAt { get; set; }

    public Guid PassportId { get; set; } = Guid.NewGuid();

    public Guid? UserId { get; set; }

    public Guid? VaultboxId { get; set; }

    public int? SmtpCode { get; set; }

    public string? EnhancedCode { get; set; }

    public string? Reason { get; set; }

    public string? Sender { get; set; }

    public string? Recipient { get; set; }

    public byte[]? AttemptDigest { get; set; }

    public ProcessingLogEntry Build() => new()
    {
        AttemptDigest = AttemptDigest,
        OccurredAt = OccurredAt,
        PassportId = PassportId,
        UserId = UserId,
        VaultboxId = VaultboxId,
        Stage = Stage,
        Outcome = Outcome,
        SmtpCode = SmtpCode,
        EnhancedCode = EnhancedCode,
        Reason = Reason,
        Sender = Sender,
        Recipient = Recipient,
        PeerName = "mx1.example.org",
        Instance = "test",
    };
}
