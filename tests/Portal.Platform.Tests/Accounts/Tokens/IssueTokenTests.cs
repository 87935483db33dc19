using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Tokens;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.Tokens;

public sealed class IssueTokenTests(PostgresCluster cluster) : PlatformTest(cluster)
{
    private const string Email = "user@example.org";

    [Fact]
    public async Task Execute_ForAnAccount_KeepsTheHashAndTheVisiblePrefixOnly()
    {
        await AddUserAsync(Email);

        var token = (await IssueAsync(new IssueTokenRequest(Email.ToUpperInvariant(), null, 30))).Value!;

        Assert.Equal(Time.GetUtcNow().AddDays(30), token.ExpiresAt);
        Assert.Equal([TokenScopes.Everything], token.Scopes);
        Assert.Equal(token.Token[..10], await Database.ScalarAsync<string>("SELECT prefix FROM api_tokens"));
        Assert.Equal(0L, await Database.ScalarAsync<long>($"SELECT count(*) FROM api_tokens t WHERE t::text LIKE '%{token.Token[10..]}%'"));
    }

    [Theory]
    [InlineData("nobody@example.org", null, null, "user_unknown")]
    [InlineData("", null, null, "user_unknown")]
    [InlineData(Email, "messages:read,root", null, "scope_unknown")]
    [InlineData(Email, null, 0, "days_out_of_range")]
    [InlineData(Email, null, 3651, "days_out_of_range")]
    public async Task Execute_WithWrongInput_SaysWhat(string email, string? scopes, int? days, string code)
    {
        await AddUserAsync(Email);

        Assert.Equal(code, (await IssueAsync(new IssueTokenRequest(email, scopes?.Split(','), days))).Failure?.Code);
    }

    [Fact]
    public async Task Execute_ByOneWhoIsNoAdmin_Refuses()
    {
        var actor = Person(await AddUserAsync(Email), Role.User);

        Assert.Equal("not_found", (await Get<IssueToken>().HandleAsync(actor, new IssueTokenRequest(Email, null, null), Cancel)).Failure?.Code);
    }

    private Task<Outcome<IssuedToken>> IssueAsync(IssueTokenRequest request) =>
        Get<IssueToken>().HandleAsync(Actor.Operator, request, Cancel);
}
