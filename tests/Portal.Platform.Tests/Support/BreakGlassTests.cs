using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Support;
using Portal.Testing;

namespace Portal.Platform.Tests.Support;

public sealed class BreakGlassTests(PostgresCluster cluster) : SupportTest(cluster)
{
    [Fact]
    public async Task Break_ByAnAdmin_TellsTheOwnerAndOpens()
    {
        var admin = await OpenAsync("ada@example.org", Role.Admin);

        var broken = await BreakAsync(admin.Actor);

        Assert.True(broken.Succeeded, broken.Failure?.Detail);
        var mail = await LastMailAsync("view-glass-broken", Owner);
        Assert.Contains("ada@example.org", mail, StringComparison.Ordinal);
        Assert.Contains("“Their disk fills”", mail, StringComparison.Ordinal);
        var view = await RecordAsync();
        Assert.Equal((SupportGrantKind.BreakGlass, SupportState.Agreed), (view.Kind, view.State));
        Assert.True((await Get<StartView>().HandleAsync(admin.Actor, broken.Value.GrantId, Cancel)).Succeeded);
        Assert.Equal(OwnerId, (await Get<ValidateSession>().HandleAsync(admin.SessionId, Cancel))!.UserId);
    }

    [Fact]
    public async Task Break_BySupport_LooksAbsent() => Assert.Equal(AccountFailures.NotFound, (await BreakAsync(Sam.Actor)).Failure);

    [Fact]
    public async Task Break_WithAnOldProof_AsksForANewOne()
    {
        var admin = await OpenAsync("ada@example.org", Role.Admin);
        Time.Advance(TimeSpan.FromMinutes(11));

        Assert.Equal(AccountFailures.StepUpRequired, (await BreakAsync(admin.Actor)).Failure);
        Assert.Empty(await MailsAsync("view-glass-broken", Owner));
    }

    [Fact]
    public async Task Break_ByWhoIsNoAdminAnyMore_ShowsTheirOwnAccountAgain()
    {
        var admin = await OpenAsync("ada@example.org", Role.Admin);
        var broken = await BreakAsync(admin.Actor);
        await Get<StartView>().HandleAsync(admin.Actor, broken.Value!.GrantId, Cancel);

        await Database.ExecuteAsync($"UPDATE users SET role = 'support' WHERE id = '{admin.UserId}'");
        Get<AccountCache>().Clear();

        var now = await Get<ValidateSession>().HandleAsync(admin.SessionId, Cancel);
        Assert.Equal((admin.UserId, Role.Support), (now!.UserId, now.Role));
    }

    private Task<Outcome<AskedView>> BreakAsync(Actor actor) =>
        Get<BreakGlass>().HandleAsync(actor, new AskForViewRequest(OwnerId, "Their disk fills", null, 15), Cancel);
}
