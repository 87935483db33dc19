using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Administration;
using Portal.Platform.Settings;
using Portal.Testing;

namespace Portal.Platform.Tests.Settings;

public sealed class ChangeSettingTests(PostgresCluster cluster) : PlatformTest(cluster)
{
    [Theory]
    [InlineData("Portal:SignUp:Mode", "Open", "Open")]
    [InlineData("Portal:Platform:InviteLifetime", "3", "3.00:00:00")]
    [InlineData("Portal:Vault:ProcessingLogDays", " 30 ", "30")]
    public async Task Change_ToAGoodValue_IsStoredAsTheConfigurationHasIt(string key, string value, string stored)
    {
        var admin = await AddUserAsync("admin@example.org", Role.Admin);

        await ChangeAsync(Person(admin, Role.Admin), key, "7");
        await ChangeAsync(Person(admin, Role.Admin), key, value);

        Assert.Equal(new Dictionary<string, string> { [key] = stored }, await Get<ReadSettings>().HandleAsync(Cancel));
        var shown = (await Get<ListSettings>().HandleAsync(Actor.Operator, Cancel)).Value!.Items.Single();
        Assert.Equal((key, stored, "admin@example.org"), (shown.Key, shown.Value, shown.ChangedBy));
        await ChangeAsync(Actor.Operator, key, null);
        Assert.Empty(await Get<ReadSettings>().HandleAsync(Cancel));
    }

    [Theory]
    [InlineData("Portal:SignUp:Mode", "Sometimes", "Choose one of Off, InviteOnly, Open.")]
    [InlineData("Portal:SignUp:Mode", "", "Choose one of Off, InviteOnly, Open.")]
    [InlineData("Portal:Platform:InviteLifetime", "31", "Choose a whole number from 1 to 30.")]
    [InlineData("Portal:Platform:InviteLifetime", "0", "Choose a whole number from 1 to 30.")]
    [InlineData("Portal:Vault:ProcessingLogDays", "7.5", "Choose a whole number from 7 to 3650.")]
    [InlineData("Portal:Platform:BcryptCost", "4", "There is no such setting.")]
    [InlineData(null, "4", "There is no such setting.")]
    public async Task Change_ToABadValue_SaysWhatIsGood(string? key, string value, string says)
    {
        Assert.Equal(says, (await ChangeAsync(Actor.Operator, key, value)).Failure?.Detail);
        Assert.Empty(await Get<ReadSettings>().HandleAsync(Cancel));
    }

    [Fact]
    public async Task Read_RowsThatThisBuildDoesNotKnowOrWouldNotTake_AreLeftOut()
    {
        await Database.ExecuteAsync("INSERT INTO settings (key, value, changed_at) VALUES ('Portal:Platform:BcryptCost', '4', now()), ('Portal:SignUp:Mode', 'x', now()), ('Portal:Platform:InviteLifetime', '99.00:00:00', now()), ('Portal:Vault:ProcessingLogDays', '0x5', now())");

        Assert.Empty(await Get<ReadSettings>().HandleAsync(Cancel));
    }

    [Fact]
    public async Task NameUsers_KnownAndGone_GivesTheAddressesThereAre()
    {
        var user = await AddUserAsync("user@example.org");

        var names = await Get<NameUsers>().HandleAsync(Actor.Operator, [user, Guid.NewGuid()], Cancel);

        Assert.Equal(new Dictionary<Guid, string> { [user] = "user@example.org" }, names.Value?.Emails);
        Assert.Equal("limit_out_of_range", (await Get<NameUsers>().HandleAsync(Actor.Operator, [.. Enumerable.Range(0, 201).Select(_ => Guid.NewGuid())], Cancel)).Failure?.Code);
    }

    private Task<Outcome<ChangedSetting>> ChangeAsync(Actor actor, string? key, string? value) =>
        Get<ChangeSetting>().HandleAsync(actor, new ChangeSettingRequest(key, value), Cancel);
}
