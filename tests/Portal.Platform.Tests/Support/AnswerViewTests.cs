using Npgsql;
using Portal.Platform.Accounts;
using Portal.Platform.Support;
using Portal.Testing;

namespace Portal.Platform.Tests.Support;

public sealed class AnswerViewTests(PostgresCluster cluster) : SupportTest(cluster)
{
    [Fact]
    public async Task Answer_YesWithFewerMinutes_CountsFromTheAnswer()
    {
        var asked = await AskAsync();
        Time.Advance(TimeSpan.FromMinutes(50));

        var answered = await AnswerAsync(asked.Value!.GrantId, minutes: 10);

        Assert.Equal(Time.GetUtcNow().AddMinutes(10), answered.Value?.EndsAt);
        Assert.Equal(SupportState.Agreed, (await RecordAsync()).State);
    }

    [Fact]
    public async Task Answer_No_EndsIt()
    {
        var asked = await AskAsync();

        Assert.True((await AnswerAsync(asked.Value!.GrantId, agrees: false)).Succeeded);

        Assert.Equal(SupportState.Refused, (await RecordAsync()).State);
        Assert.Equal(SupportActs.ViewEnded, (await Get<StartView>().HandleAsync(Sam.Actor, asked.Value.GrantId, Cancel)).Failure);
    }

    [Fact]
    public async Task Answer_ASecondTime_IsTooLate()
    {
        var asked = await AskAsync();
        await AnswerAsync(asked.Value!.GrantId, agrees: false);

        Assert.Equal(SupportActs.ViewEnded, (await AnswerAsync(asked.Value.GrantId)).Failure);
    }

    [Fact]
    public async Task Answer_AfterTwoHours_IsTooLate()
    {
        var asked = await AskAsync();
        Time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(SupportActs.ViewEnded, (await AnswerAsync(asked.Value!.GrantId)).Failure);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(31)]
    public async Task Answer_WithMinutesOutOfRange_IsRefused(int minutes) =>
        Assert.Equal("minutes_out_of_range", (await AnswerAsync((await AskAsync()).Value!.GrantId, minutes: minutes)).Failure?.Code);

    [Fact]
    public async Task Answer_BySomebodyElse_LooksAbsent()
    {
        var asked = await AskAsync();
        var other = Person(await AddUserAsync("other@example.org"), Role.User);

        Assert.Equal(AccountFailures.NotFound, (await AnswerAsync(asked.Value!.GrantId, actor: other)).Failure);
        Assert.Equal(AccountFailures.NotFound, (await AnswerAsync(asked.Value.GrantId, actor: Sam.Actor)).Failure);
    }

    /// <summary>Whatever the code does, the database holds no view to be longer.</summary>
    [Fact]
    public async Task Grant_LongerThanThirtyMinutes_IsRefusedByTheDatabase()
    {
        await ViewAsync();

        var fault = await Assert.ThrowsAsync<PostgresException>(() => Database.ExecuteAsync("UPDATE support_grants SET ends_at = ends_at + interval '1 minute'"));

        Assert.Equal("ck_support_grants_time", fault.ConstraintName);
    }
}
