using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Tokens;
using Portal.Platform.Domains;
using Portal.Platform.MotorBlocks;
using Portal.Testing;

namespace Portal.Platform.Tests.MotorBlocks;

public sealed class CreateMotorBlockTests(PostgresCluster cluster) : MotorBlockTest(cluster)
{
    [Fact]
    public async Task Create_ForAnOwnDomain_GivesAPasswordOnceAndKeepsItsHash()
    {
        var created = await CreateAsync("Printer");

        Assert.Matches("^motor-example-org-[a-z2-9]{6}$", created.Block.Username);
        var kept = await ReadAsync(created.Block.Id);
        Assert.StartsWith("$2", kept.PasswordHash, StringComparison.Ordinal);
        Assert.True(await FitsAsync(created.Password, kept.PasswordHash));
        Assert.Equal(
            ("Printer", created.Password.Selector, DomainName, Owner.UserId, true),
            (kept.Label, kept.Selector, kept.Domain, kept.UserId, kept.SmtpEnabled));
        Assert.DoesNotContain(created.Password.Text, created.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_WithNothingButTheDomain_TakesTheDefaults()
    {
        var created = await Get<CreateMotorBlock>().HandleAsync(Owner, new CreateMotorBlockRequest(" ", DomainName), Cancel);

        var block = created.Value!.Block;
        Assert.Equal(("New sender", 100, MotorBlockState.Active, true, 0), (block.Label, block.RateLimitPerHour, block.State, block.DomainIsVerified, block.UsedLastHour));
        Assert.Empty(block.AllowedNetworks);
        Assert.Null(block.ExpiresAt);
    }

    [Fact]
    public async Task Create_WithScope_KeepsIt()
    {
        var expiresAt = new DateTimeOffset(Time.GetUtcNow().Year + 1, 1, 1, 2, 0, 0, TimeSpan.FromHours(2));

        var created = await Get<CreateMotorBlock>().HandleAsync(
            Owner, new CreateMotorBlockRequest(null, "Example.ORG.", 7, [" 192.0.2.0/24", "2001:db8::/32", "198.51.100.7", "192.0.2.0/24"], expiresAt), Cancel);

        var block = created.Value!.Block;
        Assert.Equal((7, expiresAt, DomainName), (block.RateLimitPerHour, block.ExpiresAt, block.Domain));
        Assert.Equal(["192.0.2.0/24", "2001:db8::/32", "198.51.100.7/32"], block.AllowedNetworks);
    }

    [Fact]
    public async Task Create_ForADomainThatIsNotOwnOrNotVerified_IsRefused()
    {
        await AddUserAsync("other@example.org");
        await AddDomainAsync("shared.example", "other@example.org", verified: true, shared: true);
        await AddDomainAsync("others.example", "other@example.org", verified: true, shared: false);
        await AddDomainAsync("pending.example", "owner@example.org", verified: false, shared: false);

        foreach (var domain in new[] { "shared.example", "others.example", "pending.example", "nobodys.example", "no domain", null })
        {
            var created = await Get<CreateMotorBlock>().HandleAsync(Owner, new CreateMotorBlockRequest(null, domain), Cancel);
            Assert.Equal("domain_unknown", created.Failure?.Code);
        }
    }

    [Theory]
    [InlineData(0, 0, "rate_limit_out_of_range")]
    [InlineData(100_001, 0, "rate_limit_out_of_range")]
    [InlineData(1, -1, "expiry_in_the_past")]
    public async Task Create_WithWrongLimits_SaysWhich(int rateLimit, int expiresInHours, string code)
    {
        DateTimeOffset? expiresAt = expiresInHours == 0 ? null : Time.GetUtcNow().AddHours(expiresInHours);

        var created = await Get<CreateMotorBlock>().HandleAsync(Owner, new CreateMotorBlockRequest(null, DomainName, rateLimit, null, expiresAt), Cancel);

        Assert.Equal(code, created.Failure?.Code);
    }

    [Fact]
    public async Task Create_WithALongName_IsRefused()
    {
        var created = await Get<CreateMotorBlock>().HandleAsync(Owner, new CreateMotorBlockRequest(new string('x', 101), DomainName), Cancel);

        Assert.Equal("label_too_long", created.Failure?.Code);
    }

    [Fact]
    public async Task Create_ManyAtOnceNearTheLimit_StopsAtFifty()
    {
        for (var i = 0; i < CreateMotorBlock.Most - 2; i++)
            await AddBlockAsync();
        await AddBlockAsync(block => block.RevokedAt = Time.GetUtcNow());

        var created = await Task.WhenAll(Enumerable.Range(0, 6).Select(
            _ => Get<CreateMotorBlock>().HandleAsync(Owner, new CreateMotorBlockRequest(null, DomainName), Cancel)));

        Assert.Equal(2, created.Count(outcome => outcome.Succeeded));
        Assert.Equal(4, created.Count(outcome => outcome.Failure?.Code == "too_many_motor_blocks"));
    }

    [Fact]
    public async Task Create_ByWhoMayNot_IsRefusedInOrder()
    {
        var request = new CreateMotorBlockRequest(null, null, -1);
        var create = Get<CreateMotorBlock>();

        Assert.Equal("not_found", (await create.HandleAsync(Actor.Stranger, request, Cancel)).Failure?.Code);
        Assert.Equal("scope_missing", (await create.HandleAsync(TokenWith(TokenScopes.CredentialsRead), request, Cancel)).Failure?.Code);
        Assert.Equal("step_up_required", (await create.HandleAsync(StaleOwner, request, Cancel)).Failure?.Code);
        Assert.Equal("rate_limit_out_of_range", (await create.HandleAsync(TokenWith(TokenScopes.CredentialsWrite), request, Cancel)).Failure?.Code);
    }

    [Fact]
    public async Task Create_OfASuspendedAccount_IsRefused()
    {
        await Database.ExecuteAsync("UPDATE users SET status = 'suspended'");

        var created = await Get<CreateMotorBlock>().HandleAsync(Owner, new CreateMotorBlockRequest(null, DomainName), Cancel);

        Assert.Equal("not_found", created.Failure?.Code);
    }

    [Fact]
    public async Task Create_Done_IsAnnounced()
    {
        CreatedMotorBlock? created = null;

        var heard = await HeardAsync(async () => created = await CreateAsync());

        Assert.Equal($"block:{created!.Block.Id}", heard);
    }

    private async Task AddDomainAsync(string domain, string owner, bool verified, bool shared)
    {
        var added = await Get<AddDomain>().HandleAsync(Actor.Operator, new AddDomainRequest(domain, owner, verified, shared), Cancel);
        Assert.True(added.Succeeded);
    }
}
