using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Accounts;
using Portal.Platform.Domains;
using Portal.Testing;
using Portal.Vault;
using Portal.Vault.Aliases;
using Portal.Vault.Vaultboxes;
using Portal.Web.Provisioning;
using Portal.Web.Tests.SystemMail;

namespace Portal.Web.Tests.Provisioning;

public sealed class SuggestAddressesTests(PostgresCluster cluster) : SystemMailTest(cluster)
{
    private string Year => Time.GetUtcNow().Year.ToString(CultureInfo.InvariantCulture);

    [Fact]
    public async Task Handle_TakenName_GivesThreeFreeOnesNearIt()
    {
        var (portal, actor) = await OpenAsync();

        var near = await SuggestAsync(portal, actor, " Mara ");

        Assert.Equal(["mara.mail", "hello.mara", $"mara.{Year}"], near.Value);
    }

    [Fact]
    public async Task Handle_SomeOfThoseAreTaken_GivesTheNextOnes()
    {
        var (portal, actor) = await OpenAsync();
        foreach (var taken in new[] { "mara.mail", $"mara.{Year}", "mara2" })
            await TakeAsync(portal, taken);

        var near = await SuggestAsync(portal, actor, "mara");

        Assert.Equal(["hello.mara", "my.mara", $"mara.{Year}.mail"], near.Value);
        foreach (var taken in near.Value!)
            await TakeAsync(portal, taken);
        Assert.Empty((await SuggestAsync(portal, actor, "mara")).Value!);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(null)]
    [InlineData("zwei wörter")]
    public async Task Handle_NothingThatCouldBeAName_GivesNone(string? alias)
    {
        var (portal, actor) = await OpenAsync();

        Assert.Empty((await SuggestAsync(portal, actor, alias)).Value!);
    }

    [Fact]
    public async Task Handle_LongName_GivesThoseThatFit()
    {
        var (portal, actor) = await OpenAsync();
        var longest = new string('m', 64);

        Assert.Equal([$"{longest[..63]}2"], (await SuggestAsync(portal, actor, longest[..63])).Value);
        Assert.Empty((await SuggestAsync(portal, actor, longest)).Value!);
    }

    [Fact]
    public async Task Handle_DomainOfSomebodyElse_IsUnknown()
    {
        var (portal, actor) = await OpenAsync();

        Assert.Equal("domain_unknown", (await SuggestAsync(portal, actor, "mara", "elsewhere.test")).Problem?.Code);
        Assert.Equal("domain_unknown", (await SuggestAsync(portal, actor, "mara", null)).Problem?.Code);
    }

    [Fact]
    public async Task Handle_TokenThatMayNotSeeVaultboxes_LearnsNothing()
    {
        var (portal, actor) = await OpenAsync();

        foreach (var domain in new[] { "vault.test", "elsewhere.test" })
            Assert.Equal("scope_missing", (await SuggestAsync(portal, actor with { Scopes = new HashSet<string>(StringComparer.Ordinal) }, "mara", domain)).Problem?.Code);
    }

    private Task<VaultResult<IReadOnlyList<string>>> SuggestAsync(IServiceProvider on, Actor actor, string? alias, string? domain = "vault.test") =>
        new SuggestAddresses(on.GetRequiredService<FindUsableDomain>(), on.GetRequiredService<CheckAlias>(), Time)
            .HandleAsync(new SuggestAddressesRequest(actor, domain, alias), Cancel);

    private static async Task TakeAsync(IServiceProvider on, string local)
    {
        var somebody = VaultActor.Session(Guid.CreateVersion7(), isAdmin: false, freshUntil: DateTimeOffset.MaxValue);
        Assert.True((await on.GetRequiredService<CreateVaultbox>().HandleAsync(new CreateVaultboxRequest(somebody, "vault.test", "", local), Cancel)).Succeeded);
    }

    private async Task<(IServiceProvider Portal, Actor Actor)> OpenAsync()
    {
        var portal = Instance();
        var added = await portal.GetRequiredService<AddUser>()
            .HandleAsync(Actor.Operator, new AddUserRequest("mara@people.test", Role.User, RandomNumberGenerator.GetHexString(32)), Cancel);
        Assert.True((await portal.GetRequiredService<AddDomain>().HandleAsync(Actor.Operator, new AddDomainRequest("vault.test", "mara@people.test", true, false), Cancel)).Succeeded);
        return (portal, Actor.Person(added.Value!.UserId, Role.User, Guid.NewGuid(), DateTimeOffset.MaxValue));
    }
}
