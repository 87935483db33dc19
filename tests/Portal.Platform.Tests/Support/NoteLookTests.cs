using Npgsql;
using Portal.Platform.Accounts;
using Portal.Platform.Support;
using Portal.Testing;

namespace Portal.Platform.Tests.Support;

public sealed class NoteLookTests(PostgresCluster cluster) : SupportTest(cluster)
{
    [Fact]
    public async Task Note_InAView_StandsInTheOwnersRecord()
    {
        await ViewAsync();

        await NoteAsync("Vaultboxes", "/vaultboxes");
        Time.Advance(TimeSpan.FromSeconds(1));
        await NoteAsync("Home", "/");

        Assert.Equal([("Vaultboxes", "/vaultboxes"), ("Home", "/")], (await RecordAsync()).Looks.Select(look => (look.What, look.Path)));
    }

    [Fact]
    public async Task Note_OfThePageThatIsOpen_IsOneLookForTenSeconds()
    {
        await ViewAsync();

        await NoteAsync("Home", "/");
        Time.Advance(TimeSpan.FromSeconds(9));
        await NoteAsync("Home", "/");
        Time.Advance(TimeSpan.FromSeconds(2));
        await NoteAsync("Home", "/");

        Assert.Equal(2, (await RecordAsync()).Looks.Count);
    }

    /// <summary>On a slow line the circuit of a page begins when the supporter is elsewhere: it must not say that they went back.</summary>
    [Fact]
    public async Task Note_OfACircuitThatBeganLate_IsTheLookOfItsPage()
    {
        await ViewAsync();
        await NoteAsync("Vaultboxes", "/vaultboxes");
        Time.Advance(TimeSpan.FromSeconds(12));
        await NoteAsync("Home", "/");
        Time.Advance(TimeSpan.FromSeconds(1));

        await NoteAsync("Vaultboxes", "/vaultboxes", continues: true);
        Assert.Equal(["Vaultboxes", "Home"], (await RecordAsync()).Looks.Select(look => look.What));

        await NoteAsync("Notifications", "/notifications", continues: true);
        Assert.Equal(["Vaultboxes", "Home", "Notifications"], (await RecordAsync()).Looks.Select(look => look.What));
    }

    [Fact]
    public async Task Note_OutsideAView_WritesNothing()
    {
        await ViewAsync();

        Assert.Equal(AccountFailures.NotFound, (await Get<NoteLook>().HandleAsync(Sam.Actor, new NoteLookRequest("Home", "/"), Cancel)).Failure);
        Assert.Empty((await RecordAsync()).Looks);
    }

    [Fact]
    public async Task Note_MoreThanAPersonOpens_EndsTheView()
    {
        var grant = await ViewAsync();
        await Database.ExecuteAsync(
            $"INSERT INTO support_looks (grant_id, at, what, path) SELECT '{grant}', '{Time.GetUtcNow().AddMinutes(-1):o}', 'Home', '/' FROM generate_series(1, {NoteLook.MostLooks})");

        var noted = await Get<NoteLook>().HandleAsync((await NowAsync()).Actor, new NoteLookRequest("Vaultboxes", "/vaultboxes"), Cancel);

        Assert.Equal("view_ended", noted.Failure?.Code);
        Assert.Equal(SupportState.Ended, (await RecordAsync()).State);
        Assert.Null((await NowAsync()).Support);
    }

    [Fact]
    public async Task Open_OfWhatWasLookedAt_HasTheNewestAlone()
    {
        await ViewAsync();
        await NoteAsync("Vaultboxes", "/vaultboxes");
        Time.Advance(TimeSpan.FromSeconds(1));
        await NoteAsync("Home", "/");

        Assert.Equal("Home", Assert.Single(Assert.Single((await Get<ListOpenViews>().HandleAsync(Ines, Cancel)).Value!).Looks).What);
    }

    [Theory]
    [InlineData("UPDATE support_grants SET kind = 'breakglass'")]
    [InlineData("UPDATE support_grants SET supporter_email = 'else@example.org'")]
    [InlineData("UPDATE support_grants SET reason = 'another'")]
    [InlineData("UPDATE support_looks SET what = 'nothing'")]
    [InlineData("DELETE FROM support_looks")]
    [InlineData("TRUNCATE support_looks")]
    public async Task Record_AsTheServiceRole_CannotBeChanged(string sql)
    {
        await ViewAsync();
        await NoteAsync("Home", "/");
        await using var connection = new NpgsqlConnection(Database.Service);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);

        var fault = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancel));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, fault.SqlState);
    }

    private async Task NoteAsync(string what, string path, bool continues = false) =>
        Assert.True((await Get<NoteLook>().HandleAsync((await NowAsync()).Actor, new NoteLookRequest(what, path, continues), Cancel)).Succeeded);
}
