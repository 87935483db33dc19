using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.SystemMail;
using Portal.Testing;

namespace Portal.Platform.Tests;

/// <summary>A test with a platform database of its own, the real services on the service role, a clock that it moves, and cheap bcrypt.</summary>
public abstract class PlatformTest(PostgresCluster cluster) : IAsyncLifetime
{
    protected static readonly string GoodPassword = RandomNumberGenerator.GetHexString(32);
    protected static readonly IPAddress Ip = IPAddress.Parse("192.0.2.7");

    private TestDatabase? database;
    private ServiceProvider? services;

    protected FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    protected TestDatabase Database => database!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync()
    {
        database = await cluster.CreatePlatformAsync();
        services = Build(Configure);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (services is not null)
            await services.DisposeAsync();
        if (database is not null)
            await database.DisposeAsync();
    }

    protected IServiceProvider Services => services!;

    protected T Get<T>()
        where T : notnull => services!.GetRequiredService<T>();

    protected Task<PlatformContext> ContextAsync() => Get<IDbContextFactory<PlatformContext>>().CreateDbContextAsync(Cancel);

    /// <summary>A second instance of the portal on the same database.</summary>
    protected ServiceProvider Build(Action<PlatformOptions> configure, Action<IServiceCollection>? more = null)
    {
        var collection = new ServiceCollection();
        collection.AddSingleton<TimeProvider>(Time);
        collection.AddDataProtection().UseEphemeralDataProtectionProvider();
        collection.AddPlatform(Database.Service);
        collection.Configure<PlatformOptions>(options => (options.BcryptCost, options.LeastAnswerTime) = (4, TimeSpan.Zero));
        collection.Configure(configure);
        (more ?? ConfigureServices)(collection);
        return collection.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    protected virtual void Configure(PlatformOptions options)
    {
    }

    protected virtual void ConfigureServices(IServiceCollection services)
    {
    }

    /// <summary>Somebody in a session who has just proved who they are.</summary>
    protected Actor Person(Guid userId, Role role) => Actor.Person(userId, role, Guid.NewGuid(), Time.GetUtcNow().AddMinutes(10));

    protected async Task<Guid> AddUserAsync(string email, Role role = Role.User)
    {
        var added = await Get<AddUser>().HandleAsync(Actor.Operator, new AddUserRequest(email, role, GoodPassword), Cancel);
        return added.Value!.UserId;
    }

    /// <summary>Text of the newest message of the kind to the address, with its lines joined.</summary>
    protected async Task<string> LastMailAsync(string kind, string recipient) => (await MailsAsync(kind, recipient))[0];

    /// <summary>Texts of the messages of the kind to the address, newest first, with their lines joined.</summary>
    protected async Task<IReadOnlyList<string>> MailsAsync(string kind, string recipient)
    {
        await using var context = await ContextAsync();
        var messages = await context.SystemMessages.Where(m => m.Kind == kind && m.Recipient == recipient)
            .OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Id).ToListAsync(Cancel);
        return messages.ConvertAll(message => Get<SystemMailQueue>().TryOpen(message.ProtectedBody)!.Text.Replace("\r\n", " ", StringComparison.Ordinal));
    }

    /// <summary>The token in the link of the newest message of the kind to the address.</summary>
    protected async Task<string> MailedTokenAsync(string kind, string recipient) => TokenIn(await LastMailAsync(kind, recipient));

    protected static string TokenIn(string mail) => Regex.Match(mail, "/account/[a-z-]+/([A-Za-z0-9_-]{43})").Groups[1].Value;

    /// <summary>The first step, for an account that needs no second one.</summary>
    protected async Task<Outcome<OpenedSession>> SignInAsync(string email, string? password = null, IPAddress? ip = null)
    {
        var outcome = await PassAsync(email, password, ip);
        return outcome.Succeeded ? outcome.Value.Session! : outcome.Failure;
    }

    /// <summary>The first step, wherever it leads.</summary>
    protected Task<Outcome<SignInResult>> PassAsync(string email, string? password = null, IPAddress? ip = null, string? device = null) =>
        Get<SignIn>().HandleAsync(new SignInRequest(email, password ?? GoodPassword, ip ?? Ip, "test", device), Cancel);
}
