using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Tokens;
using Portal.Platform.Domains;
using Portal.Platform.MotorBlocks;
using Portal.Testing;

namespace Portal.Platform.Tests.MotorBlocks;

public sealed class UpdateMotorBlockTests(PostgresCluster cluster) : MotorBlockTest(cluster)
{
    [Fact]
    public async Task Update_OfAll_ChangesAllAndKeepsTheName()
    {
        var block = await AddBlockAsync();
        await Get<AddDomain>().HandleAsync(Actor.Operator, new AddDomainRequest("second.example", "owner@example.org", true, false), Cancel);
        var expiresAt = Time.GetUtcNow().AddDays(1);

        var updated = await UpdateAsync(new UpdateMotorBlockRequest(
            block.Id, " Scanner ", 7, Paused: true, "second.example", ["192.0.2.0/24"], new ExpiryChange(expiresAt)));

        var kept = await ReadAsync(block.Id);
        Assert.Equal(
            ("Scanner", 7, false, "second.example", block.Username, "192.0.2.0/24"),
            (kept.Label, kept.RateLimitPerHour, kept.SmtpEnabled, kept.Domain, kept.Username, Assert.Single(kept.AllowedNetworks!).ToString()));
        Assert.Equal(expiresAt, kept.ExpiresAt!.Value, TimeSpan.FromMilliseconds(1));
        Assert.Equal(("Scanner", MotorBlockState.Paused), (updated.Value!.Label, updated.Value.State));
    }

    [Fact]
    public async Task Update_OfNothing_LeavesAllAsItIs()
    {
        var block = await AddBlockAsync(b => (b.Label, b.RateLimitPerHour, b.SmtpEnabled, b.AllowedNetworks, b.ExpiresAt) =
            ("Mine", 5, false, [System.Net.IPNetwork.Parse("192.0.2.0/24")], Time.GetUtcNow().AddDays(1)));

        await UpdateAsync(new UpdateMotorBlockRequest(block.Id));

        var kept = await ReadAsync(block.Id);
        Assert.Equal(("Mine", 5, false, DomainName), (kept.Label, kept.RateLimitPerHour, kept.SmtpEnabled, kept.Domain));
        Assert.NotNull(kept.AllowedNetworks);
        Assert.NotNull(kept.ExpiresAt);
    }

    [Fact]
    public async Task Update_ToAnywhereForEver_TakesTheBoundsAway()
    {
        var block = await AddBlockAsync(b => (b.SmtpEnabled, b.AllowedNetworks, b.ExpiresAt) =
            (false, [System.Net.IPNetwork.Parse("192.0.2.0/24")], Time.GetUtcNow().AddDays(1)));

        await UpdateAsync(new UpdateMotorBlockRequest(block.Id, Paused: false, AllowedNetworks: [], Expiry: new ExpiryChange(null)));

        var kept = await ReadAsync(block.Id);
        Assert.Equal((true, null, null), (kept.SmtpEnabled, kept.AllowedNetworks, kept.ExpiresAt));
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "label", "label_missing" }, { "rate", "rate_limit_out_of_range" }, { "domain", "domain_unknown" },
        { "network", "network_has_host_bits" }, { "expiry", "expiry_in_the_past" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Update_WithOneFault_ChangesNothing(string what, string code)
    {
        var block = await AddBlockAsync();
        var request = what switch
        {
            "label" => new UpdateMotorBlockRequest(block.Id, " ", 7),
            "rate" => new UpdateMotorBlockRequest(block.Id, "New", 0),
            "domain" => new UpdateMotorBlockRequest(block.Id, "New", Domain: "nobodys.example"),
            "network" => new UpdateMotorBlockRequest(block.Id, "New", AllowedNetworks: ["192.0.2.7/24"]),
            _ => new UpdateMotorBlockRequest(block.Id, "New", Expiry: new ExpiryChange(Time.GetUtcNow())),
        };

        var updated = await UpdateAsync(request);

        Assert.Equal(code, updated.Failure?.Code);
        var kept = await ReadAsync(block.Id);
        Assert.Equal((block.Label, block.RateLimitPerHour), (kept.Label, kept.RateLimitPerHour));
    }

    [Fact]
    public async Task Update_OfNameOrPause_NeedsNoFreshProof()
    {
        var block = await AddBlockAsync();

        Assert.True((await UpdateAsync(new UpdateMotorBlockRequest(block.Id, "Scanner", Paused: true), StaleOwner)).Succeeded);
        Assert.True((await UpdateAsync(new UpdateMotorBlockRequest(block.Id, Paused: false), StaleOwner)).Succeeded);
    }

    [Fact]
    public async Task Update_OfScope_NeedsAFreshProof()
    {
        var id = (await AddBlockAsync()).Id;
        UpdateMotorBlockRequest[] requests =
        [
            new(id, RateLimitPerHour: 7), new(id, Domain: DomainName), new(id, AllowedNetworks: []), new(id, Expiry: new ExpiryChange(null)),
        ];

        foreach (var request in requests)
            Assert.Equal("step_up_required", (await UpdateAsync(request, StaleOwner)).Failure?.Code);
    }

    [Fact]
    public async Task Update_ByWhoMayNot_IsRefused()
    {
        var block = await AddBlockAsync();
        var request = new UpdateMotorBlockRequest(block.Id, " ");

        Assert.Equal("not_found", (await UpdateAsync(request, Actor.Stranger)).Failure?.Code);
        Assert.Equal("not_found", (await UpdateAsync(request, Other)).Failure?.Code);
        Assert.Equal("scope_missing", (await UpdateAsync(request, TokenWith(TokenScopes.CredentialsRead))).Failure?.Code);
    }

    [Fact]
    public async Task Update_Done_IsAnnounced()
    {
        var block = await AddBlockAsync();

        Assert.Equal($"block:{block.Id}", await HeardAsync(() => UpdateAsync(new UpdateMotorBlockRequest(block.Id, Paused: true))));
    }

    private Task<Outcome<MotorBlockView>> UpdateAsync(UpdateMotorBlockRequest request, Actor? actor = null) =>
        Get<UpdateMotorBlock>().HandleAsync(actor ?? Owner, request, Cancel);
}
