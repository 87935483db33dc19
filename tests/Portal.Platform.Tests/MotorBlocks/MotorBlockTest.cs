using Microsoft.EntityFrameworkCore;
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

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        owner = await AddUserAsync("owner@example.org");
        var added = await Get<AddDomain>().HandleAsync(
            Actor.Operator, new AddDomainRequest(DomainName, "owner@example.org", Verified: true, Shared: false), Cancel);
        Assert.True(added.Succeeded);
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
}
