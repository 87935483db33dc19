using System.Net;
using Portal.Audit;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Deletion;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Accounts.Tokens;
using Portal.Platform.Audit;
using Portal.Platform.MotorBlocks;
using Portal.Testing;

namespace Portal.Platform.Tests.Audit;

/// <summary>Acts whose entry says more than that they happened; that each is there at all, the table of the web project's tests asks.</summary>
public sealed class RecordedActsTests(PostgresCluster cluster) : AuditTest(cluster)
{
    [Fact]
    public async Task SignIn_AndOut_SayHowAndFromWhere()
    {
        var user = await AddUserAsync("user@example.org");
        Time.Advance(TimeSpan.FromSeconds(1));
        var session = await SignInAsync("user@example.org", ip: IPAddress.Parse("192.0.2.77"));
        Time.Advance(TimeSpan.FromSeconds(1));
        await Get<SignOut>().HandleAsync(session.Value!.SessionId, Cancel);
        await Get<SignOut>().HandleAsync(session.Value.SessionId, Cancel);

        await ChainAsync();

        var entries = await ListAsync();
        Assert.Equal([Acts.SignedOut, Acts.SignedIn, Acts.AccountCreated], entries.Select(entry => entry.Act));
        Assert.All(entries.Take(2), entry => Assert.Equal((user, "192.0.2.0/24"), (entry.Actor!.UserId, entry.From!.Network)));
        Assert.Equal("password", entries[1].After["by"]);
    }

    [Fact]
    public async Task SignIn_ThatIsRefused_LeavesNothing()
    {
        await AddUserAsync("user@example.org");
        await ForgetWhatWaitsAsync();

        await SignInAsync("user@example.org", "wrong password");

        Assert.Empty(await Outbox.WaitingAsync(10, Cancel));
    }

    /// <summary>The account's own purge erases it in the chain; the acts of others stay theirs.</summary>
    [Fact]
    public async Task Purge_OfAnAccount_LeavesAWholeChainThatNamesNobody()
    {
        var user = await AddUserAsync("user@example.org");
        await SignInAsync("user@example.org");
        await Get<RequestDeletion>().HandleAsync(Person(user, Role.User), Cancel);
        await ChainAsync();
        Time.Advance(TimeSpan.FromDays(31));
        await Get<ClaimDueDeletions>().HandleAsync(Actor.Operator, 10, Cancel);
        Assert.True((await Get<PurgeAccount>().HandleAsync(Actor.Operator, user, Cancel)).Succeeded);

        var head = await ChainAsync();

        var entries = await ListAsync();
        Assert.Equal(Acts.AccountErased, entries[0].Act);
        Assert.All(entries, entry => Assert.Null(entry.Owner?.Email));
        Assert.Equal(0, await Database.ScalarAsync<long>("SELECT count(*) FROM audit_identities"));
        Assert.Equal(0, await Database.ScalarAsync<long>("SELECT count(*) FROM audit_values WHERE value::text LIKE '%example.org%'"));
        Assert.Equal(0, await Database.ScalarAsync<long>("SELECT count(*) FROM audit_log WHERE audit_log::text LIKE '%example.org%'"));
        Assert.Null((await Get<VerifyChain>().HandleAsync([head!], Cancel)).Fault);
    }

    [Fact]
    public async Task Token_AndItsActs_HoldNoSecret()
    {
        var user = await AddUserAsync("user@example.org");
        Time.Advance(TimeSpan.FromSeconds(1));
        var token = await Get<CreateToken>().HandleAsync(Person(user, Role.User), new CreateTokenRequest("script", ["messages:read"], 30), Cancel);

        await ChainAsync();

        var entry = (await ListAsync())[0];
        Assert.Equal((Acts.TokenCreated, $"{token.Value!.Id}", "messages:read"), (entry.Act, entry.TargetId, entry.After["scopes"]));
        Assert.Equal("script", entry.After["name"]);
        Assert.Equal(0, await Database.ScalarAsync<long>($"SELECT count(*) FROM audit_values WHERE value::text LIKE '%{token.Value.Token}%'"));
    }

    [Fact]
    public async Task Update_OfAMotorBlock_SaysWhatChangedAndNothingElse()
    {
        var user = await AddUserAsync("user@example.org");
        await Database.ExecuteAsync($"INSERT INTO domains (user_id, domain, verification_status) VALUES ('{user}', 'example.org', 'verified')");
        var made = await Get<CreateMotorBlock>().HandleAsync(Person(user, Role.User), new CreateMotorBlockRequest("Printer", "example.org"), Cancel);
        Time.Advance(TimeSpan.FromSeconds(1));
        await Get<UpdateMotorBlock>().HandleAsync(Person(user, Role.User), new UpdateMotorBlockRequest(made.Value!.Block.Id, RateLimitPerHour: 5), Cancel);

        await ChainAsync();

        var entry = (await ListAsync())[0];
        Assert.Equal(Acts.MotorBlockChanged, entry.Act);
        Assert.Equal("5", Assert.Single(entry.After).Value);
        Assert.Single(entry.Before);
    }

    private async Task<IReadOnlyList<AuditView>> ListAsync() =>
        (await Get<ListAudit>().HandleAsync(Actor.Operator, new ListAuditRequest(new AuditFilter(), 200), Cancel)).Value!.Items;
}
