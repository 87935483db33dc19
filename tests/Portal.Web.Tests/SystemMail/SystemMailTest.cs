using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Portal.Mail.Backends;
using Portal.Platform;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Deletion;
using Portal.Platform.SystemMail;
using Portal.Testing;
using Portal.Vault;
using Portal.Vault.Certificates;
using Portal.Vault.Vaultboxes;
using Portal.Web.Hosting;
using Portal.Web.MailHosting;
using Portal.Web.SystemMail;

namespace Portal.Web.Tests.SystemMail;

/// <summary>Both databases with the services that deliver; several instances may stand on them.</summary>
public abstract class SystemMailTest(PostgresCluster cluster) : IAsyncLifetime
{
    private readonly EphemeralDataProtectionProvider protection = new();
    private readonly ECDsa receiptKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa bindingKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] digestKey = RandomNumberGenerator.GetBytes(32);
    private readonly List<ServiceProvider> instances = [];

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    protected TestDatabase Platform { get; private set; } = null!;

    protected TestDatabase Vault { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Platform = await cluster.CreatePlatformAsync();
        Vault = await cluster.CreateVaultAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var instance in instances)
            await instance.DisposeAsync();
        await Platform.DisposeAsync();
        await Vault.DisposeAsync();
        receiptKey.Dispose();
        bindingKey.Dispose();
    }

    /// <summary>One instance of the portal with the role <c>delivery</c>.</summary>
    private protected ServiceProvider Instance(SmartHostServer? smartHost = null, Action<SystemMailOptions>? configure = null, TimeProvider? time = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(time ?? Time);
        services.AddSingleton<IDataProtectionProvider>(protection);
        services.AddPlatform(Platform.Service);
        services.Configure<PlatformOptions>(options => options.BcryptCost = 4);
        services.AddVault(Vault.Service);
        services.AddVaultIntake("mail.vault.test");
        services.AddVaultInstallationKeys(_ => receiptKey, _ => bindingKey, _ => digestKey);
        services.AddSingleton<IIntakeBackend, IntakeBackend>().AddSingleton<IntakeLog>();
        services.AddOptions<PortalOptions>().Configure(options => options.HostName = "mail.vault.test");
        services.AddSystemMail(new Microsoft.Extensions.Configuration.ConfigurationManager(), delivers: true);
        services.Configure<SystemMailOptions>(options =>
        {
            if (smartHost is not null)
            {
                (options.Host, options.Port, options.From) = ("localhost", smartHost.Port, "Vaultbox <portal@vault.test>");
                options.Security = smartHost.Current is null ? "None" : "StartTls";
                options.CertificateAuthorityFile = smartHost.Current is null ? null : smartHost.AuthorityFile;
            }

            configure?.Invoke(options);
        });
        var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });
        instances.Add(provider);
        return provider;
    }

    /// <summary>An act that writes a system message to <paramref name="email"/>.</summary>
    private protected async Task WriteAsync(IServiceProvider on, string email)
    {
        var added = await on.GetRequiredService<AddUser>()
            .HandleAsync(Actor.Operator, new AddUserRequest(email, Role.User, RandomNumberGenerator.GetHexString(32)), Cancel);
        var person = Actor.Person(added.Value!.UserId, Role.User, Guid.NewGuid(), DateTimeOffset.MaxValue);
        Assert.True((await on.GetRequiredService<RequestDeletion>().HandleAsync(person, Cancel)).Succeeded);
    }

    private protected static Task<DateTimeOffset?> RunAsync(IServiceProvider on) => on.GetRequiredService<DeliverSystemMail>().RunAsync(Cancel);

    private protected static async Task<ListedSystemMail> TheOneAsync(IServiceProvider on)
    {
        var page = await on.GetRequiredService<ListSystemMail>().HandleAsync(Actor.Operator, new ListSystemMailRequest(), Cancel);
        return Assert.Single(page.Value!.Items);
    }

    private protected async Task<VaultboxView> NewVaultboxAsync(IServiceProvider on, string alias, bool withKey = true)
    {
        var owner = VaultActor.Session(Guid.CreateVersion7(), isAdmin: false, freshUntil: DateTimeOffset.MaxValue);
        var made = await on.GetRequiredService<CreateVaultbox>().HandleAsync(new CreateVaultboxRequest(owner, "vault.test", alias, alias), Cancel);
        if (withKey)
        {
            var added = await on.GetRequiredService<AddCertificate>()
                .HandleAsync(new AddCertificateRequest(owner, made.Value!.Id, MakeCertificate(made.Value.Address), default, "Test"), Cancel);
            Assert.True(added.Succeeded, added.Problem?.Detail);
        }

        return made.Value!;
    }

    private protected string MakeCertificate(string address)
    {
        using var key = RSA.Create(3072);
        var request = new CertificateRequest($"CN={address}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddEmailAddress(address);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(Time.GetUtcNow().AddDays(-1), Time.GetUtcNow().AddDays(300));
        return certificate.ExportCertificatePem();
    }
}
