using Portal.Platform.Health;
using Portal.Testing;

namespace Portal.Platform.Tests.Health;

public sealed class CheckPlatformTests(PostgresCluster cluster) : PlatformTest(cluster)
{
    [Fact]
    public async Task Execute_OnAMigratedDatabase_IsHealthyAndCountsUsers()
    {
        await AddUserAsync("user@example.org");

        var health = await Get<CheckPlatform>().HandleAsync(Cancel);

        Assert.True(health.Healthy, health.Problem);
        Assert.Equal((1L, PlatformSchema.LatestMigration), (health.Users, health.AppliedMigration));
    }

    [Fact]
    public async Task Execute_OnAnotherSchema_SaysSo()
    {
        await Database.ExecuteAsync("""DELETE FROM "__EFMigrationsHistory"; INSERT INTO "__EFMigrationsHistory" VALUES ('20000101000000_Other', '10.0.15')""");

        var health = await Get<CheckPlatform>().HandleAsync(Cancel);

        Assert.False(health.Healthy);
        Assert.False(health.MigrationsCurrent);
        Assert.Equal("20000101000000_Other", health.AppliedMigration);
    }

    [Fact]
    public async Task Execute_WhileTheDatabaseIsDown_SaysSoAndRecovers()
    {
        Assert.True((await Get<CheckPlatform>().HandleAsync(Cancel)).Healthy);

        await Database.GoDownAsync();
        var down = await Get<CheckPlatform>().HandleAsync(Cancel);
        await Database.GoUpAsync();
        var up = await Get<CheckPlatform>().HandleAsync(Cancel);

        Assert.False(down.Healthy);
        Assert.NotNull(down.Problem);
        Assert.True(up.Healthy, up.Problem);
    }
}
