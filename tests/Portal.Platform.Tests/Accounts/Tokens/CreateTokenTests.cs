using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Tokens;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.Tokens;

public sealed class CreateTokenTests(PostgresCluster cluster) : PlatformTest(cluster)
{
    private static readonly CreateTokenRequest Good = new("script", [TokenScopes.MessagesRead], 30);

    [Fact]
    public async Task Create_ForOneself_WorksWithItsScopesUntilItEnds()
    {
        var owner = await AddUserAsync("mara@example.org");

        var made = (await CreateAsync(Person(owner, Role.User), Good)).Value!;

        var valid = await Get<AuthenticateToken>().HandleAsync(made.Token, Ip, Cancel);
        Assert.Equal((owner, TokenScopes.MessagesRead), (valid!.UserId, Assert.Single(valid.Scopes)));
        var listed = Assert.Single((await Get<ListTokens>().HandleAsync(Person(owner, Role.User), Cancel)).Value!);
        Assert.Equal(("script", made.Token[..10], Ip), (listed.Name, listed.Prefix, listed.LastUsedIp));
        Time.Advance(TimeSpan.FromDays(31));
        Assert.Null(await Get<AuthenticateToken>().HandleAsync(made.Token, Ip, Cancel));
        Assert.Empty((await Get<ListTokens>().HandleAsync(Person(owner, Role.User), Cancel)).Value!);
    }

    [Theory]
    [InlineData("  ", "messages:read", 30, "name_missing")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901", "messages:read", 30, "name_too_long")]
    [InlineData("script", "", 30, "scopes_missing")]
    [InlineData("script", "root", 30, "scope_unknown")]
    [InlineData("script", "messages:read", 0, "days_out_of_range")]
    [InlineData("script", "messages:read", 366, "days_out_of_range")]
    public async Task Create_WrongInput_SaysWhat(string name, string scopes, int days, string code)
    {
        var owner = await AddUserAsync("mara@example.org");
        var request = new CreateTokenRequest(name, scopes.Split(',', StringSplitOptions.RemoveEmptyEntries), days);

        Assert.Equal(code, (await CreateAsync(Person(owner, Role.User), request)).Failure?.Code);
    }

    [Theory]
    [InlineData(TokenScopes.MessagesRead, null)]
    [InlineData(TokenScopes.KeysWrite, "scope_too_wide")]
    [InlineData(TokenScopes.Everything, "scope_too_wide")]
    public async Task Create_ByAToken_IsNeverWiderThanItself(string scope, string? code)
    {
        var owner = await AddUserAsync("mara@example.org");
        var maker = Actor.Token(owner, Role.User, new HashSet<string>(StringComparer.Ordinal) { TokenScopes.AccountWrite, TokenScopes.MessagesRead });

        Assert.Equal(code, (await CreateAsync(maker, new CreateTokenRequest("child", [scope], 1))).Failure?.Code);
    }

    [Fact]
    public async Task Create_ManyAtOnce_StopsAtFifty()
    {
        var owner = await AddUserAsync("mara@example.org");
        for (var i = 0; i < CreateToken.Most - 2; i++)
            Assert.True((await CreateAsync(Person(owner, Role.User), Good)).Succeeded);

        var made = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => CreateAsync(Person(owner, Role.User), Good)));

        Assert.Equal(2, made.Count(outcome => outcome.Succeeded));
        Assert.All(made.Where(outcome => !outcome.Succeeded), outcome => Assert.Equal("too_many_tokens", outcome.Failure!.Code));
    }

    [Fact]
    public async Task Revoke_TokenInUse_IsTurnedAwayHereAtOnceAndElsewhereWithinFiveSeconds()
    {
        var owner = Person(await AddUserAsync("mara@example.org"), Role.User);
        var made = (await CreateAsync(owner, Good)).Value!;
        await using var elsewhere = Build(Configure);
        Assert.NotNull(await Get<AuthenticateToken>().HandleAsync(made.Token, Ip, Cancel));
        Assert.NotNull(await elsewhere.GetRequiredService<AuthenticateToken>().HandleAsync(made.Token, Ip, Cancel));

        Assert.True((await Get<RevokeToken>().HandleAsync(owner, made.Id, Cancel)).Succeeded);

        Assert.Null(await Get<AuthenticateToken>().HandleAsync(made.Token, Ip, Cancel));
        Time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Null(await elsewhere.GetRequiredService<AuthenticateToken>().HandleAsync(made.Token, Ip, Cancel));
        Assert.Equal("not_found", (await Get<RevokeToken>().HandleAsync(owner, made.Id, Cancel)).Failure?.Code);
    }

    private Task<Outcome<IssuedToken>> CreateAsync(Actor actor, CreateTokenRequest request) =>
        Get<CreateToken>().HandleAsync(actor, request, Cancel);
}
