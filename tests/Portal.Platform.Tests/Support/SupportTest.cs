using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Support;
using Portal.Testing;

namespace Portal.Platform.Tests.Support;

/// <summary>An owner, a supporter in a real session, and the way to a view.</summary>
public abstract class SupportTest(PostgresCluster cluster) : PlatformTest(cluster)
{
    protected const string Owner = "ines@example.org";
    protected const string Supporter = "sam@example.org";

    protected Guid OwnerId { get; private set; }

    protected ValidSession Sam { get; private set; } = null!;

    protected Actor Ines => Person(OwnerId, Role.User);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        OwnerId = await AddUserAsync(Owner);
        Sam = await OpenAsync(Supporter, Role.Support);
    }

    protected async Task<ValidSession> OpenAsync(string email, Role role)
    {
        var id = await AddUserAsync(email, role);
        await using var context = await ContextAsync();
        var opened = await Get<OpenSession>().HandleAsync(context, id, AuthMethods.Password, Ip, "test", Cancel);
        return (await Get<ValidateSession>().HandleAsync(opened!.SessionId, Cancel))!;
    }

    protected Task<Outcome<AskedView>> AskAsync(Actor? actor = null, int minutes = 30, string? reason = "Mail from the school did not arrive") =>
        Get<AskForView>().HandleAsync(actor ?? Sam.Actor, new AskForViewRequest(OwnerId, reason, "4127", minutes), Cancel);

    protected Task<Outcome<AnsweredView>> AnswerAsync(Guid grantId, bool agrees = true, int? minutes = null, Actor? actor = null) =>
        Get<AnswerView>().HandleAsync(actor ?? Ines, new AnswerViewRequest(grantId, agrees, minutes), Cancel);

    /// <summary>Asked, agreed and opened.</summary>
    protected async Task<Guid> ViewAsync(int minutes = 30)
    {
        var asked = await AskAsync(minutes: minutes);
        Assert.True(asked.Succeeded, asked.Failure?.Detail);
        Assert.True((await AnswerAsync(asked.Value.GrantId)).Succeeded);
        Assert.True((await Get<StartView>().HandleAsync(Sam.Actor, asked.Value.GrantId, Cancel)).Succeeded);
        return asked.Value.GrantId;
    }

    /// <summary>Sam's session as the next request finds it.</summary>
    protected async Task<ValidSession> NowAsync() => (await Get<ValidateSession>().HandleAsync(Sam.SessionId, Cancel))!;

    protected async Task<SupportViewRecord> RecordAsync() =>
        (await Get<ListViews>().HandleAsync(Ines, new ListViewsRequest(), Cancel)).Value!.Items[0];
}
