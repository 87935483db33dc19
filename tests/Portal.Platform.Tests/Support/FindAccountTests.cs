using Portal.Platform.Accounts;
using Portal.Platform.Support;
using Portal.Testing;

namespace Portal.Platform.Tests.Support;

public sealed class FindAccountTests(PostgresCluster cluster) : SupportTest(cluster)
{
    [Theory]
    [InlineData(Owner)]
    [InlineData("  INES@example.org ")]
    [InlineData("motor-ines-abc")]
    public async Task Find_ByAllOfANameOfTheirs_FindsThem(string text)
    {
        await Database.ExecuteAsync($"INSERT INTO motor_blocks (user_id, username, password_hash) VALUES ('{OwnerId}', 'motor-ines-abc', '!')");

        Assert.Equal(new FoundAccount(OwnerId, Owner, IsSuspended: false), (await FindAsync(text)).Value);
    }

    [Theory]
    [InlineData("ines@example.or")]
    [InlineData("ines%")]
    [InlineData("nobody@example.org")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Find_ByAnythingElse_IsTheSameMiss(string? text) => Assert.Equal(FindAccount.Nobody, (await FindAsync(text)).Failure);

    [Fact]
    public async Task Find_WhomTheVaultFound_FindsThem() =>
        Assert.Equal(OwnerId, (await Get<FindAccount>().HandleAsync(Sam.Actor, new FindAccountRequest("box@vault.test", OwnerId), Cancel)).Value?.Id);

    [Fact]
    public void Refuse_AfterTwentySearchesAMinute_IsTooMany()
    {
        for (var i = 0; i < SearchQuota.MostPerMinute; i++)
            Assert.Null(Get<FindAccount>().Refuse(Sam.Actor));

        Assert.Equal(FindAccount.TooMany, Get<FindAccount>().Refuse(Sam.Actor));
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(Get<FindAccount>().Refuse(Sam.Actor));
    }

    [Fact]
    public async Task Find_ByAUser_LooksAbsent()
    {
        Assert.Equal(AccountFailures.NotFound, Get<FindAccount>().Refuse(Ines));
        Assert.Equal(AccountFailures.NotFound, (await Get<FindAccount>().HandleAsync(Ines, new FindAccountRequest(Supporter, null), Cancel)).Failure);
    }

    private Task<Outcome<FoundAccount>> FindAsync(string? text) => Get<FindAccount>().HandleAsync(Sam.Actor, new FindAccountRequest(text, null), Cancel);
}
