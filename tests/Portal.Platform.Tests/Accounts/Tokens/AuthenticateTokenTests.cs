using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Tokens;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.Tokens;

public sealed class AuthenticateTokenTests(PostgresCluster cluster) : PlatformTest(cluster)
{
    private const string Email = "user@example.org";

    [Fact]
    public async Task Execute_WithAGoodToken_GivesItsOwnerAndNotesTheUse()
    {
        var (owner, token) = await IssueAsync();

        var valid = await AuthenticateAsync(token);

        Assert.Equal((owner, Role.User), (valid!.Actor.UserId, valid.Actor.Role));
        Assert.True(valid.Actor.Allows(TokenScopes.KeysWrite));
        Assert.Equal("192.0.2.7", await Database.ScalarAsync<string>("SELECT host(last_used_ip) FROM api_tokens WHERE last_used_at IS NOT NULL"));
    }

    [Fact]
    public async Task Execute_WithANarrowedToken_AllowsItsScopesOnly()
    {
        var (_, token) = await IssueAsync(scopes: [TokenScopes.MessagesRead]);

        var actor = (await AuthenticateAsync(token))!.Actor;

        Assert.True(actor.Allows(TokenScopes.MessagesRead));
        Assert.False(actor.Allows(TokenScopes.MessagesWrite));
        Assert.False(actor.Allows(TokenScopes.Everything));
    }

    [Fact]
    public async Task Execute_WithAWellFormedTokenThatNobodyHas_IsNull()
    {
        await IssueAsync();

        Assert.Null(await AuthenticateAsync(TokenFormat.Create()));
    }

    [Fact]
    public async Task Execute_AfterItsDays_IsNull()
    {
        var (_, token) = await IssueAsync(days: 2);
        Time.Advance(TimeSpan.FromDays(2) - TimeSpan.FromMinutes(1));
        Assert.NotNull(await AuthenticateAsync(token));
        Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(await AuthenticateAsync(token));
    }

    [Theory]
    [InlineData("UPDATE api_tokens SET revoked_at = now()")]
    [InlineData("UPDATE users SET status = 'suspended'")]
    public async Task Execute_AfterRevocation_IsNullWhenTheAnswerHasAged(string sql)
    {
        var (_, token) = await IssueAsync();
        Assert.NotNull(await AuthenticateAsync(token));
        await Database.ExecuteAsync(sql);
        Time.Advance(TimeSpan.FromSeconds(1.5));

        Assert.Null(await AuthenticateAsync(token));
    }

    private async Task<(Guid Owner, string Token)> IssueAsync(string[]? scopes = null, int? days = null)
    {
        var owner = await AddUserAsync(Email);
        var issued = await Get<IssueToken>().HandleAsync(Actor.Operator, new IssueTokenRequest(Email, scopes, days), Cancel);
        return (owner, issued.Value!.Token);
    }

    private ValueTask<ValidToken?> AuthenticateAsync(string token) => Get<AuthenticateToken>().HandleAsync(token, Ip, Cancel);
}
