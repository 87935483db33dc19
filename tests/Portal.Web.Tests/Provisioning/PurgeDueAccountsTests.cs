using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Deletion;
using Portal.Platform.Accounts.Tokens;
using Portal.Platform.Domains;
using Portal.Testing;
using Portal.Vault.Intake;
using Portal.Vault.Purge;
using Portal.Vault.Vaultboxes;
using Portal.Web.Provisioning;
using Portal.Web.Tests.SystemMail;

namespace Portal.Web.Tests.Provisioning;

public sealed class PurgeDueAccountsTests(PostgresCluster cluster) : SystemMailTest(cluster)
{
    private const string OfTheVault =
        "SELECT (SELECT count(*) FROM vaultboxes) + (SELECT count(*) FROM encrypted_emails) + (SELECT count(*) FROM certificates) + (SELECT count(*) FROM aliases) + (SELECT count(*) FROM mailboxes) + (SELECT count(*) FROM deliveries)";

    [Fact]
    public async Task Run_GraceIsOver_DestroysBothSidesAndRefusesTheAddress()
    {
        var portal = Instance();
        await NewMemberAsync(portal, "mara");
        Time.Advance(TimeSpan.FromDays(29));
        Assert.Equal(0, await PurgeAsync(portal));
        Time.Advance(TimeSpan.FromDays(2));

        Assert.Equal(1, await PurgeAsync(portal));

        Assert.Equal(0L, await Vault.ScalarAsync<long>(OfTheVault));
        Assert.Equal(0L, await Platform.ScalarAsync<long>("SELECT count(*) FROM users WHERE email = 'mara@vault.test'"));
        Assert.Equal(0L, await Platform.ScalarAsync<long>("SELECT count(*) FROM system_messages"));
        Assert.Equal(1L, await Vault.ScalarAsync<long>("SELECT count(*) FROM email_processing_logs WHERE stage = 'purged' AND reason LIKE '%1 sealed message and 1 key destroyed%'"));
        var resolution = await portal.GetRequiredService<ResolveRecipient>().HandleAsync("mara", "vault.test", Cancel);
        Assert.Equal(RecipientStatus.Unknown, resolution.Status);
    }

    [Fact]
    public async Task Run_DiedBetweenTheTwoSides_GoesOnAtTheNextRun()
    {
        var portal = Instance();
        var member = await NewMemberAsync(portal, "mara");
        Time.Advance(TimeSpan.FromDays(31));
        await portal.GetRequiredService<ClaimDueDeletions>().HandleAsync(Actor.Operator, 10, Cancel);
        await portal.GetRequiredService<PurgeUser>().HandleAsync(member, Cancel);
        Assert.Equal(1L, await Platform.ScalarAsync<long>("SELECT count(*) FROM users WHERE email = 'mara@vault.test'"));

        Assert.Equal(1, await PurgeAsync(Instance()));

        Assert.Equal(0L, await Platform.ScalarAsync<long>("SELECT count(*) FROM users WHERE email = 'mara@vault.test'"));
        Assert.Equal(1L, await Vault.ScalarAsync<long>("SELECT count(*) FROM email_processing_logs WHERE stage = 'purged'"));
        Assert.Equal(0, await PurgeAsync(portal));
    }

    [Fact]
    public async Task Run_TwoInstancesAtOnce_CountEachVaultboxOnce()
    {
        var (one, other) = (Instance(), Instance());
        foreach (var name in new[] { "mara", "otto", "ines" })
            await NewMemberAsync(one, name);
        Time.Advance(TimeSpan.FromDays(31));

        await Task.WhenAll(PurgeAsync(one), PurgeAsync(other));
        await PurgeAsync(one);

        Assert.Equal(0L, await Vault.ScalarAsync<long>(OfTheVault));
        Assert.Equal(3L, await Vault.ScalarAsync<long>("SELECT count(*) FROM email_processing_logs WHERE stage = 'purged'"));
        Assert.Equal(0L, await Platform.ScalarAsync<long>("SELECT count(*) FROM users"));
    }

    [Fact]
    public async Task Run_DeletionTakenBack_DestroysNothing()
    {
        var portal = Instance();
        var member = await NewMemberAsync(portal, "mara");
        Assert.True((await portal.GetRequiredService<CancelDeletion>().HandleAsync(Person(member), Cancel)).Succeeded);
        Time.Advance(TimeSpan.FromDays(60));

        Assert.Equal(0, await PurgeAsync(portal));

        Assert.Equal(1L, await Vault.ScalarAsync<long>("SELECT count(*) FROM encrypted_emails"));
    }

    [Fact]
    public async Task Run_OnceClosed_CannotBeTakenBackOrSignedInTo()
    {
        var portal = Instance();
        var member = await NewMemberAsync(portal, "mara");
        Time.Advance(TimeSpan.FromDays(31));
        await portal.GetRequiredService<ClaimDueDeletions>().HandleAsync(Actor.Operator, 10, Cancel);

        Assert.Equal("not_found", (await portal.GetRequiredService<CancelDeletion>().HandleAsync(Person(member), Cancel)).Failure?.Code);
    }

    [Fact]
    public async Task Request_TheOnlyAdmin_IsRefusedAndOfTwoTheLastStays()
    {
        var portal = Instance();
        var (first, second) = (await AddAsync(portal, "one@people.test", Role.Admin), await AddAsync(portal, "two@people.test", Role.Admin));
        var request = portal.GetRequiredService<RequestDeletion>();

        Assert.True((await request.HandleAsync(Person(first, Role.Admin), Cancel)).Succeeded);
        Assert.Equal("last_admin", (await request.HandleAsync(Person(second, Role.Admin), Cancel)).Failure?.Code);
        // Meanwhile the other one has been made an ordinary user.
        await Platform.ExecuteAsync($"UPDATE users SET role = 'user' WHERE id = '{second}'");
        Time.Advance(TimeSpan.FromDays(31));

        Assert.Equal(0, await PurgeAsync(portal));
        Assert.Equal(2L, await Platform.ScalarAsync<long>("SELECT count(*) FROM users WHERE status = 'active'"));
    }

    [Fact]
    public async Task Run_OwnerOfASharedDomain_HandsItToAnotherAdmin()
    {
        var portal = Instance();
        var (gone, heir) = (await AddAsync(portal, "one@people.test", Role.Admin), await AddAsync(portal, "two@people.test", Role.Admin));
        await portal.GetRequiredService<AddDomain>().HandleAsync(Actor.Operator, new AddDomainRequest("vault.test", "one@people.test", true, true), Cancel);
        await portal.GetRequiredService<RequestDeletion>().HandleAsync(Person(gone, Role.Admin), Cancel);
        Time.Advance(TimeSpan.FromDays(31));

        Assert.Equal(1, await PurgeAsync(portal));

        Assert.Equal(heir, await Platform.ScalarAsync<Guid>("SELECT user_id FROM domains WHERE domain = 'vault.test'"));
    }

    [Fact]
    public async Task Run_AccountWithInvoices_KeepsARowThatNamesNobody()
    {
        var portal = Instance();
        var member = await NewMemberAsync(portal, "mara");
        await Platform.ExecuteAsync($"INSERT INTO subscriptions (user_id, plan_name) VALUES ('{member}', 'small')");
        Time.Advance(TimeSpan.FromDays(31));

        Assert.Equal(1, await PurgeAsync(portal));

        Assert.Equal($"{member:n}@deleted.invalid", await Platform.ScalarAsync<string>("SELECT email FROM users WHERE status = 'deleted' AND password_hash IS NULL"));
        Assert.Equal(0, await PurgeAsync(portal));
    }

    [Fact]
    public async Task Export_OfAnAccount_HasWhatIsHeldAndNoSecret()
    {
        var portal = Instance();
        var member = await NewMemberAsync(portal, "mara");
        var token = await portal.GetRequiredService<CreateToken>().HandleAsync(Person(member), new CreateTokenRequest("bridge", ["messages:read"], 7), Cancel);

        var exported = await new ExportData(
            portal.GetRequiredService<Portal.Platform.Accounts.Export.ExportAccount>(), portal.GetRequiredService<Portal.Vault.Export.ExportVault>(), Time)
            .HandleAsync(Person(member), Cancel);

        var json = JsonSerializer.Serialize(exported.Value, ExportData.Format);
        foreach (var held in new[] { "\"mara@vault.test\"", "\"bridge\"", "\"deletion-requested\"", "BEGIN CERTIFICATE", "\"messages\": 1", "deletionDueAt" })
            Assert.Contains(held, json, StringComparison.Ordinal);
        var hash = await Platform.ScalarAsync<string>($"SELECT password_hash FROM users WHERE id = '{member}'");
        foreach (var secret in new[] { hash!, token.Value!.Token[10..], "BEGIN PRIVATE", "BEGIN ENCRYPTED", "tokenHash", "passwordHash", "protected" })
            Assert.DoesNotContain(secret, json, StringComparison.OrdinalIgnoreCase);
    }

    private static Actor Person(Guid id, Role role = Role.User) => Actor.Person(id, role, Guid.NewGuid(), DateTimeOffset.MaxValue);

    private static async Task<int> PurgeAsync(IServiceProvider on) => await new PurgeDueAccounts(
        on.GetRequiredService<ClaimDueDeletions>(), on.GetRequiredService<PurgeUser>(), on.GetRequiredService<PurgeAccount>(),
        NullLogger<PurgeDueAccounts>.Instance).RunAsync(Cancel);

    private static async Task<Guid> AddAsync(IServiceProvider on, string email, Role role) => (await on.GetRequiredService<AddUser>()
        .HandleAsync(Actor.Operator, new AddUserRequest(email, role, RandomNumberGenerator.GetHexString(32)), Cancel)).Value!.UserId;

    /// <summary>An account with one vaultbox, which holds one message: that the account will be deleted.</summary>
    private async Task<Guid> NewMemberAsync(IServiceProvider on, string alias)
    {
        var id = await AddAsync(on, $"{alias}@vault.test", Role.User);
        VaultboxView vaultbox = await NewVaultboxAsync(on, alias);
        await Vault.ExecuteAsync($"UPDATE vaultboxes SET user_id = '{id}' WHERE id = '{vaultbox.Id}'");
        Assert.True((await on.GetRequiredService<RequestDeletion>().HandleAsync(Person(id), Cancel)).Succeeded);
        await RunAsync(on);
        return id;
    }
}
