using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Portal.Platform;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Passwords;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Accounts.Tokens;
using Portal.Platform.Domains;
using Portal.Platform.Support;
using Portal.Testing;
using Portal.Vault;
using Portal.Vault.Certificates;
using Portal.Vault.Messages;
using Portal.Vault.Vaultboxes;
using Portal.Web.Hosting;
using Portal.Web.Identity;
using Portal.Web.InstallationKeys;
using Portal.Web.MailHosting;

namespace Portal.Web.Tests.Authorisation;

/// <summary>
/// The whole portal as its operator runs it, on both databases, listening on loopback; with one account, the reader, who has a
/// vaultbox, a key and a message. Every other account is made for one call, so that no call sees what another did.
/// </summary>
public sealed class AuthorisationWorld(PostgresCluster cluster) : IAsyncLifetime
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("portal-authorisation-");
    private InstallationKeySet? keys;
    private TestDatabase? platform;
    private TestDatabase? vault;
    private WebApplication? app;
    private Account? reader;
    private string? passwordHash;

    public IServiceProvider Services => app!.Services;

    public HttpClient Http { get; private set; } = null!;

    public Uri Address => Http.BaseAddress!;

    /// <summary>Where mail programs are told to send.</summary>
    public int SubmissionTlsPort => Services.GetRequiredService<IOptions<ListenerOptions>>().Value.SubmissionTlsPort;

    public TestDatabase Platform => platform!;

    public TestDatabase Vault => vault!;

    /// <summary>The account that has a vaultbox with a key.</summary>
    public Account Reader => reader!;

    /// <summary>Settings that win over those of all tests.</summary>
    public Dictionary<string, string?> Extra { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Of every account.</summary>
    public string Password { get; } = RandomNumberGenerator.GetHexString(32);

    public Guid VaultboxId { get; private set; }

    public Guid MessageId { get; private set; }

    public Guid PassportId { get; private set; }

    public IReadOnlyList<Endpoint> Endpoints => Services.GetRequiredService<EndpointDataSource>().Endpoints;

    public async ValueTask InitializeAsync()
    {
        platform = await cluster.CreatePlatformAsync();
        vault = await cluster.CreateVaultAsync();
        keys = InstallationKeySet.LoadOrCreate(Path.Combine(directory.FullName, "keys"));
        var tls = TlsCertificateSource.Open(Path.Combine(directory.FullName, "keys"), null, null, TimeProvider.System, NullLogger.Instance);
        var ports = FreePorts(5);
        var settings = Settings(ports);
        foreach (var (key, value) in Extra)
            settings[key] = value;
        app = PortalHost.Build(settings, keys, tls);
        await app.StartAsync(TestContext.Current.CancellationToken);
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri($"http://localhost:{ports[0]}") };
        passwordHash = await Services.GetRequiredService<PasswordWorkers>().HashAsync(Password, TestContext.Current.CancellationToken);
        reader = await AddAccountAsync(Role.User);
        await ShareDomainAsync(reader);
        await GiveMailAsync(VaultActor.Session(reader.Id, isAdmin: false, DateTimeOffset.MaxValue));
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        if (app is not null)
            await app.DisposeAsync();
        keys?.Dispose();
        if (vault is not null)
            await vault.DisposeAsync();
        if (platform is not null)
            await platform.DisposeAsync();
        directory.Delete(recursive: true);
    }

    /// <summary>A caller of the row; with <paramref name="stale"/> one whose last proof of identity is too old for step-up.</summary>
    public async Task<Asker> AskAsync(Row row, Caller caller, bool isReal = true, bool stale = false)
    {
        // What hangs on the reader's vaultbox is asked for by the reader; all else by the owner of things made for this call.
        var owner = row.Rule.OfReader ? reader! : await AddAccountAsync(Role.User, stale);
        var mayBeAdmin = row.Rule.Verdicts[Caller.Owner] != Verdict.Allowed && row.Rule.Verdicts[Caller.Admin] == Verdict.Allowed;
        var self = caller switch
        {
            Caller.Anonymous => null,
            Caller.OtherUser => await AddAccountAsync(Role.User, stale),
            Caller.Viewer => await AddViewerAsync(owner),
            Caller.Support => await AddAccountAsync(Role.Support, stale),
            Caller.Admin => await AddAccountAsync(Role.Admin, stale),
            Caller.Scopeless when mayBeAdmin => await AddAccountAsync(Role.Admin, stale),
            _ => row.Rule.OfReader && stale ? await ReaderAsync(stale) : owner,
        };
        return new Asker(this, caller, owner, self, isReal);
    }

    /// <summary>A supporter in a view of one account, who asks for what is another's.</summary>
    public async Task<Asker> AskFromAnotherViewAsync(Row row) => new(
        this,
        Caller.Viewer,
        row.Rule.OfReader ? reader! : await AddAccountAsync(Role.User),
        await AddViewerAsync(await AddAccountAsync(Role.User)),
        IsReal: true);

    /// <summary>The cookies of the account's session, and the antiforgery token that fits them.</summary>
    public Credential CredentialOf(Account? account)
    {
        var principal = account is null ? new() : PortalPrincipal.ForSession(
            account.View ?? new ValidSession(account.SessionId, account.Id, account.Email, account.Role, DateTimeOffset.MaxValue, account.FreshUntil));
        var antiforgery = Services.GetRequiredService<IAntiforgery>()
            .GetTokens(new DefaultHttpContext { RequestServices = Services, User = principal });
        var cookies = $"vaultbox-antiforgery={antiforgery.CookieToken}";
        if (account is not null)
        {
            var options = Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(PortalSchemes.Cookie);
            cookies += $"; vaultbox={options.TicketDataFormat.Protect(new AuthenticationTicket(principal, PortalSchemes.Cookie))}";
        }

        return new Credential(cookies, antiforgery.RequestToken!);
    }

    /// <summary>An account with a session and a token without scopes.</summary>
    public async Task<Account> AddAccountAsync(Role role, bool stale = false)
    {
        var id = Guid.NewGuid();
        var now = TimeProvider.System.GetUtcNow();
        var user = new User
        {
            Id = id, Email = $"u{id:n}@authorisation.test", EmailConfirmed = true, Role = role, PasswordHash = passwordHash, SecurityStamp = $"{id:n}",
            LockoutEnabled = true, CreatedAt = now, UpdatedAt = now,
        };
        await using var context = await PlatformContextAsync();
        context.Add(user);
        return await EnterAsync(context, user, stale);
    }

    /// <summary>A supporter who sees the owner's account, asked for and answered as people do.</summary>
    public async Task<Account> AddViewerAsync(Account owner)
    {
        var cancel = TestContext.Current.CancellationToken;
        var supporter = await AddAccountAsync(Role.Support);
        var staff = Actor.Person(supporter.Id, Role.Support, supporter.SessionId, supporter.FreshUntil);
        var asked = await Services.GetRequiredService<AskForView>().HandleAsync(staff, new AskForViewRequest(owner.Id, "Mail did not arrive", "4127", 30), cancel);
        var answered = await Services.GetRequiredService<AnswerView>().HandleAsync(
            Actor.Person(owner.Id, owner.Role, owner.SessionId, owner.FreshUntil), new AnswerViewRequest(asked.Value!.GrantId, Agrees: true), cancel);
        Assert.True(answered.Succeeded, answered.Failure?.Detail);
        var started = await Services.GetRequiredService<StartView>().HandleAsync(staff, asked.Value.GrantId, cancel);
        Assert.True(started.Succeeded, started.Failure?.Detail);
        var view = await Services.GetRequiredService<ValidateSession>().HandleAsync(supporter.SessionId, cancel);
        Assert.NotNull(view?.Support);
        return supporter with { View = view };
    }

    public async Task<Guid> AddSessionAsync(Guid userId)
    {
        await using var context = await PlatformContextAsync();
        return (await EnterAsync(context, await context.Users.SingleAsync(u => u.Id == userId, TestContext.Current.CancellationToken), stale: false)).SessionId;
    }

    public Task<PlatformContext> PlatformContextAsync() =>
        Services.GetRequiredService<IDbContextFactory<PlatformContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);

    private async Task<Account> ReaderAsync(bool stale)
    {
        await using var context = await PlatformContextAsync();
        var user = await context.Users.SingleAsync(u => u.Id == reader!.Id, TestContext.Current.CancellationToken);
        return await EnterAsync(context, user, stale);
    }

    private static async Task<Account> EnterAsync(PlatformContext context, User user, bool stale)
    {
        var now = TimeProvider.System.GetUtcNow();
        var proved = stale ? now.AddHours(-1) : now;
        var session = new Session
        {
            Id = Guid.NewGuid(), UserId = user.Id, AuthMethod = "password", ProvedAt = proved, Ip = IPAddress.Loopback, CreatedAt = proved,
            LastSeenAt = now, ExpiresAt = now.AddDays(1),
        };
        var token = TokenFormat.Create();
        context.Add(session);
        context.Add(new ApiToken
        {
            Id = Guid.NewGuid(), UserId = user.Id, Name = "none", Prefix = TokenFormat.VisiblePrefix(token), TokenHash = TokenFormat.Hash(token),
            Scopes = [], CreatedAt = now,
        });
        await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        return new Account(user.Id, user.Email!, user.Role, session.Id, token, proved.AddMinutes(10));
    }

    private Dictionary<string, string?> Settings(int[] ports) => new(StringComparer.OrdinalIgnoreCase)
    {
        [ConnectionStrings.PlatformKey] = platform!.Service,
        [ConnectionStrings.VaultKey] = vault!.Service,
        [ConnectionStrings.PlatformAuthKey] = platform!.Auth,
        [ConnectionStrings.VaultAuthKey] = vault!.Auth,
        [$"{ListenerOptions.Section}:HttpPort"] = ports[0].ToString(CultureInfo.InvariantCulture),
        [$"{ListenerOptions.Section}:HttpsPort"] = ports[1].ToString(CultureInfo.InvariantCulture),
        [$"{ListenerOptions.Section}:IntakePort"] = ports[2].ToString(CultureInfo.InvariantCulture),
        [$"{ListenerOptions.Section}:SubmissionPort"] = ports[3].ToString(CultureInfo.InvariantCulture),
        [$"{ListenerOptions.Section}:SubmissionTlsPort"] = ports[4].ToString(CultureInfo.InvariantCulture),
        ["Portal:Platform:BcryptCost"] = "4",
        ["Portal:Credentials:BcryptCost"] = "4",
        ["Portal:Platform:AttemptsPerAddress"] = "100000",
        ["Portal:Platform:AttemptsPerNetwork"] = "100000",
        ["Portal:Limits:AnonymousBurstPerAddress"] = "1000000",
        ["Portal:Limits:AnonymousBurstPerNetwork"] = "1000000",
        ["Logging:LogLevel:Default"] = "Critical",
    };

    private async Task ShareDomainAsync(Account owner)
    {
        var added = await Services.GetRequiredService<AddDomain>().HandleAsync(
            Actor.Operator, new AddDomainRequest("shared.test", owner.Email, Verified: true, Shared: true), TestContext.Current.CancellationToken);
        Assert.True(added.Succeeded, added.Failure?.Detail);
    }

    /// <summary>A vaultbox with a key, and one message that came in by SMTP.</summary>
    private async Task GiveMailAsync(VaultActor owner)
    {
        var cancel = TestContext.Current.CancellationToken;
        var vaultbox = await Services.GetRequiredService<CreateVaultbox>().HandleAsync(new CreateVaultboxRequest(owner, "vault.test", "Box", "reader"), cancel);
        VaultboxId = vaultbox.Value!.Id;
        var added = await Services.GetRequiredService<AddCertificate>()
            .HandleAsync(new AddCertificateRequest(owner, VaultboxId, Certificates.For(vaultbox.Value.Address), default, "Key"), cancel);
        Assert.True(added.Succeeded, added.Problem?.Detail);
        var sent = await Services.GetRequiredService<SendTestMail>().HandleAsync(new SendTestMailRequest(owner, VaultboxId), cancel);
        Assert.True(sent.Succeeded, sent.Problem?.Detail);
        var messages = await Services.GetRequiredService<ListMessages>().HandleAsync(new ListMessagesRequest(owner, VaultboxId), cancel);
        (MessageId, PassportId) = (messages.Value!.Items[0].Id, messages.Value.Items[0].PassportId);
    }

    private static int[] FreePorts(int count)
    {
        var probes = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        probes.ForEach(probe => probe.Start());
        var ports = probes.ConvertAll(probe => ((IPEndPoint)probe.LocalEndpoint).Port);
        probes.ForEach(probe => probe.Dispose());
        return [.. ports];
    }
}

/// <param name="Cookies">The value of the Cookie header.</param>
public sealed record Credential(string Cookies, string AntiforgeryToken);

internal static class Certificates
{
    /// <summary>A mail certificate for the address, as PEM.</summary>
    public static string For(string address)
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        var request = new CertificateRequest($"CN={address}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.4")], critical: false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddEmailAddress(address);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(now.AddMinutes(-5), now.AddYears(2));
        return certificate.ExportCertificatePem();
    }
}
