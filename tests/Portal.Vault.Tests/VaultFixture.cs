using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Portal.Passwords;
using Portal.Testing;
using Portal.Vault.Certificates;
using Portal.Vault.Credentials;
using Portal.Vault.Intake;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Tests;

/// <summary>The vault's services over a database of the test class's own.</summary>
public sealed class VaultFixture(PostgresCluster cluster) : IAsyncLifetime
{
    private readonly ECDsa _receiptKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _bindingKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private ServiceProvider? _services;

    public TestDatabase Database { get; private set; } = null!;

    public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    public VaultActor Owner { get; } = VaultActor.Session(Guid.CreateVersion7(), isAdmin: false, freshUntil: DateTimeOffset.MaxValue);

    public VaultActor Stranger { get; } = VaultActor.Session(Guid.CreateVersion7(), isAdmin: false, freshUntil: DateTimeOffset.MaxValue);

    public VaultActor Admin { get; } = VaultActor.Session(Guid.CreateVersion7(), isAdmin: true, freshUntil: DateTimeOffset.MaxValue);

    public T Get<T>()
        where T : notnull => _services!.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        Database = await cluster.CreateVaultAsync();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Time);
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddVault(Database.Service);
        services.AddVaultDevices(_ => new MailServerNames("mail.vault.test", 2465, "TLS", 2993, "TLS", 2587));
        services.Configure<CredentialHashOptions>(options => options.BcryptCost = 4);
        services.AddVaultIntake("mail.vault.test");
        var digestKey = RandomNumberGenerator.GetBytes(32);
        services.AddVaultInstallationKeys(_ => _receiptKey, _ => _bindingKey, _ => digestKey);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
            await _services.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await Database.DisposeAsync();
        _receiptKey.Dispose();
        _bindingKey.Dispose();
    }

    /// <summary>Starts a background service; dispose to stop it.</summary>
    public static async Task<IAsyncDisposable> StartAsync(BackgroundService service)
    {
        await service.StartAsync(CancellationToken.None);
        return new Stopper(service);
    }

    /// <summary>A service of the test's own, when it can be started once only.</summary>
    public T Create<T>() => ActivatorUtilities.CreateInstance<T>(_services!);

    public async Task<VaultboxView> NewVaultboxAsync(string? alias = null, VaultActor? owner = null)
    {
        var result = await Get<CreateVaultbox>().HandleAsync(
            new CreateVaultboxRequest(owner ?? Owner, "vault.test", "Box", alias ?? $"a{Guid.NewGuid():n}"), TestContext.Current.CancellationToken);
        Assert.True(result.Succeeded, result.Problem?.Detail);
        return result.Value;
    }

    /// <summary>A vaultbox with keys as a browser makes them.</summary>
    public async Task<(VaultboxView Vaultbox, BrowserKeys Keys)> NewKeyedVaultboxAsync(VaultActor? owner = null)
    {
        var actor = owner ?? VaultActor.Session(Guid.CreateVersion7(), isAdmin: false, freshUntil: DateTimeOffset.MaxValue);
        var vaultbox = await NewVaultboxAsync(owner: actor);
        var keys = BrowserKeys.Make(vaultbox.Id, vaultbox.Address, Time.GetUtcNow());
        var result = await Get<StoreKeys>().HandleAsync(keys.Request(actor), TestContext.Current.CancellationToken);
        Assert.True(result.Succeeded, result.Problem?.Detail);
        return (vaultbox, keys);
    }

    public async Task<IntakeRecipient> RecipientAsync(VaultboxView vaultbox)
    {
        var resolution = await Get<ResolveRecipient>().HandleAsync(vaultbox.Alias, vaultbox.Domain, TestContext.Current.CancellationToken);
        return resolution.Recipient!;
    }

    public async Task<DeliveryResult> DeliverAsync(string message, params VaultboxView[] to)
    {
        var recipients = new List<IntakeRecipient>();
        foreach (var vaultbox in to)
            recipients.Add(await RecipientAsync(vaultbox));
        return await DeliverToAsync(message, recipients);
    }

    public Task<DeliveryResult> DeliverToAsync(string message, IReadOnlyList<IntakeRecipient> recipients) => Get<DeliverMessage>().HandleAsync(
        new IntakeEnvelope(
            new IntakePeer(IPAddress.Parse("192.0.2.25"), "mx1.example.org", IsEsmtp: true, "TLSv1.3"),
            "otto@example.org",
            recipients,
            new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(message)),
            Guid.CreateVersion7()),
        TestContext.Current.CancellationToken);

    /// <summary>What is announced of devices, vaultboxes and owners meanwhile.</summary>
    public async Task<IReadOnlyList<string>> HeardAsync(Func<Task> act)
    {
        await using var connection = new NpgsqlConnection(Database.Service);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var heard = new List<string>();
        connection.Notification += (_, notification) => heard.Add(notification.Payload);
        await using (var listen = new NpgsqlCommand("LISTEN vault_credentials", connection))
            await listen.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await act();
        // Announcements come in the order of their commits.
        await Database.ExecuteAsync("SELECT pg_notify('vault_credentials', 'end')");
        while (!heard.Contains("end", StringComparer.Ordinal))
            await connection.WaitAsync(TestContext.Current.CancellationToken);
        heard.Remove("end");
        return heard;
    }

    public Task<long> CountAsync(string sql) => Database.ScalarAsync<long>(sql);

    private sealed class Stopper(BackgroundService service) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            await service.StopAsync(patience.Token);
        }
    }
}
