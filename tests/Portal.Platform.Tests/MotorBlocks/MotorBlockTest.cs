using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Portal.Passwords;
using Portal.Platform.Accounts;
using Portal.Platform.Domains;
using Portal.Platform.MotorBlocks;
using Portal.Testing;

namespace Portal.Platform.Tests.MotorBlocks;

/// <summary>A test with an account that owns the verified domain <c>example.org</c> and has motor blocks.</summary>
public abstract class MotorBlockTest(PostgresCluster cluster) : PlatformTest(cluster)
{
    protected const string DomainName = "example.org";

    private Guid owner;

    /// <summary>The owner, freshly proved.</summary>
    protected Actor Owner => Person(owner, Role.User);

    /// <summary>The owner, whose proof is too old.</summary>
    protected Actor StaleOwner => Owner with { FreshUntil = Time.GetUtcNow() };

    /// <summary>Somebody else.</summary>
    protected Actor Other => Person(Guid.NewGuid(), Role.User);

    protected Actor TokenWith(params string[] scopes) => Actor.Token(owner, Role.User, scopes.ToHashSet(StringComparer.Ordinal));

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        owner = await AddUserAsync("owner@example.org");
        var added = await Get<AddDomain>().HandleAsync(
            Actor.Operator, new AddDomainRequest(DomainName, "owner@example.org", Verified: true, Shared: false), Cancel);
        Assert.True(added.Succeeded);
    }

    protected override void ConfigureServices(IServiceCollection services) =>
        services.Configure<CredentialHashOptions>(options => options.BcryptCost = 4);

    /// <summary>A block of the owner's, made as its owner makes it.</summary>
    protected async Task<CreatedMotorBlock> CreateAsync(string label = "Printer")
    {
        var created = await Get<CreateMotorBlock>().HandleAsync(Owner, new CreateMotorBlockRequest(label, DomainName), Cancel);
        Assert.True(created.Succeeded, created.Failure?.Detail);
        return created.Value;
    }

    /// <summary>A live block of the owner's, written past the use cases.</summary>
    protected async Task<MotorBlock> AddBlockAsync(Action<MotorBlock>? change = null)
    {
        var id = Guid.CreateVersion7(Time.GetUtcNow());
        var block = new MotorBlock
        {
            Id = id,
            UserId = owner,
            Username = $"motor-example-org-{id:n}",
            PasswordHash = "-",
            PasswordId = Guid.NewGuid(),
            Domain = DomainName,
            CreatedAt = Time.GetUtcNow(),
            UpdatedAt = Time.GetUtcNow(),
        };
        change?.Invoke(block);
        await using var context = await ContextAsync();
        context.MotorBlocks.Add(block);
        await context.SaveChangesAsync(Cancel);
        return block;
    }

    protected async Task<MotorBlock> ReadAsync(Guid id)
    {
        await using var context = await ContextAsync();
        return await context.MotorBlocks.AsNoTracking().SingleAsync(block => block.Id == id, Cancel);
    }

    /// <summary>Sign-ins with the password, long enough after each other to have an order.</summary>
    protected async Task AddUseAsync(Guid blockId, Guid passwordId, string client, TimeSpan ago)
    {
        var at = Time.GetUtcNow() - ago;
        await using var context = await ContextAsync();
        context.MotorBlockUses.Add(new MotorBlockUse
        {
            MotorBlockId = blockId,
            PasswordId = passwordId,
            ClientName = client,
            Network = new ClientNetwork(IPNetwork.Parse("192.0.2.0/24")),
            LastIp = Ip,
            FirstAt = at,
            LastAt = at,
            Uses = 1,
        });
        await context.SaveChangesAsync(Cancel);
    }

    /// <summary>Messages sent in the minute that began so long before this one.</summary>
    protected async Task AddMessagesAsync(Guid blockId, int minutesAgo, int messages)
    {
        await using var context = await ContextAsync();
        context.MotorBlockMinutes.Add(new MotorBlockMinute
        {
            MotorBlockId = blockId,
            Minute = SendingWindow.MinuteOf(Time.GetUtcNow()).AddMinutes(-minutesAgo),
            Messages = messages,
        });
        await context.SaveChangesAsync(Cancel);
    }

    /// <summary>Moves the clock to the beginning of a minute, so that a test does not cross into the next.</summary>
    protected void StartMinute() => Time.SetUtcNow(SendingWindow.MinuteOf(Time.GetUtcNow()).AddMinutes(1));

    /// <summary>Whether the password is the one of the hash.</summary>
    protected async Task<bool> FitsAsync(GeneratedPassword password, string? hash) =>
        await Get<CredentialHasher>().VerifyAsync(hash, password.Text, isSuspect: false, Cancel) is true;

    /// <returns>What is announced of motor blocks while the act is done.</returns>
    protected async Task<string> HeardAsync(Func<Task> act)
    {
        await using var connection = new NpgsqlConnection(Database.Service);
        await connection.OpenAsync(Cancel);
        var heard = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.Notification += (_, notification) => heard.TrySetResult(notification.Payload);
        await using (var listen = new NpgsqlCommand("LISTEN platform_motor_blocks", connection))
            await listen.ExecuteNonQueryAsync(Cancel);
        await act();
        await connection.WaitAsync(TimeSpan.FromSeconds(10), Cancel);
        Assert.True(heard.Task.IsCompleted, "nothing was announced");
        return await heard.Task;
    }
}
