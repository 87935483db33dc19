using Portal.Vault.Aliases;
using Portal.Vault.Intake;
using Portal.Vault.Tests.Aliases;

namespace Portal.Vault.Tests.Intake;

public sealed class ResolveRecipientTests(VaultFixture vault) : AliasTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_Tag_ReachesTheAddressAndIsKept()
    {
        var alias = await AddAsync();

        var resolution = await ResolveAsync($"{alias.LocalPart.ToUpperInvariant()}+News+2");

        Assert.Equal((RecipientStatus.Deliverable, alias.Id, $"{alias.LocalPart}+news+2@vault.test"), (
            resolution.Status, resolution.Recipient?.AliasId, resolution.Recipient?.Address));
    }

    [Fact]
    public async Task Handle_ExactTaggedAndAnyName_TakeTheBestThatThereIs()
    {
        var named = await AddAsync("named", domain: "order.test");
        var catchAll = await AddCatchAllAsync("order.test");

        Assert.Equal(named.Id, (await ResolveAsync("named", "order.test")).Recipient?.AliasId);
        Assert.Equal(named.Id, (await ResolveAsync("named+tag", "order.test")).Recipient?.AliasId);
        var caught = (await ResolveAsync("anything+tag", "order.test")).Recipient;
        Assert.Equal((catchAll.Id, "anything+tag@order.test"), (caught?.AliasId, caught?.Address));
        Assert.Equal(catchAll.Id, (await ResolveAsync("+tag", "order.test")).Recipient?.AliasId);
        Assert.Equal(RecipientStatus.Unknown, (await ResolveAsync("named", "elsewhere.test")).Status);
    }

    [Theory]
    [InlineData("a> b")]
    [InlineData(".a")]
    [InlineData("a..b")]
    [InlineData("é")]
    [InlineData("")]
    public async Task Handle_NoDotString_IsNotCaught(string local)
    {
        if (!(await ResolveAsync("anything", "strict.test")).DomainIsLocal)
            await AddCatchAllAsync("strict.test");

        Assert.Equal(RecipientStatus.Unknown, (await ResolveAsync(local, "strict.test")).Status);
    }

    [Fact]
    public async Task Handle_EachState_HasItsOwnStatusAndShadowsTheCatchAll()
    {
        await AddCatchAllAsync("states.test");
        var expired = await AddAsync("expired", new(ExpiresAt: Now.AddDays(2)), "states.test");
        var usedUp = await AddAsync("usedup", new(MaxMessages: 1), "states.test");
        var idle = await AddAsync("idle", new(MaxIdleDays: 3), "states.test");
        var (paused, deleted) = (await AddAsync("paused", domain: "states.test"), await AddAsync("deleted", domain: "states.test"));
        await DeliverAsync("usedup", "states.test");
        await ChangeAsync(AliasActions.Pause, paused.Id);
        await ChangeAsync(AliasActions.Delete, deleted.Id);
        Vault.Time.Advance(TimeSpan.FromDays(3) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(RecipientStatus.Deliverable, (await ResolveAsync("idle", "states.test")).Status);
        Vault.Time.Advance(TimeSpan.FromMilliseconds(1));

        foreach (var (alias, status) in new[]
        {
            (expired, RecipientStatus.Expired), (usedUp, RecipientStatus.UsedUp), (idle, RecipientStatus.Idle), (paused, RecipientStatus.Paused), (deleted, RecipientStatus.Unknown),
        })
        {
            Assert.Equal(status, (await ResolveAsync(alias.LocalPart, "states.test")).Status);
            Assert.Equal(status, (await ResolveAsync($"{alias.LocalPart}+tag", "states.test")).Status);
        }

        var unknown = await ResolveAsync("deleted", "states.test");
        Assert.Equal((null, true), (unknown.Recipient, unknown.DomainIsLocal));
    }

    [Fact]
    public async Task Handle_MailAndOwnersChanges_KeepAnAliasFromIdleness()
    {
        var alias = await AddAsync(null, new(MaxIdleDays: 2));
        Vault.Time.Advance(TimeSpan.FromDays(1.5));
        await DeliverAsync(alias.LocalPart);
        Vault.Time.Advance(TimeSpan.FromDays(1.5));
        Assert.Equal("active", await StateAsync(alias));
        await ChangeAsync(AliasActions.Pause, alias.Id);
        Vault.Time.Advance(TimeSpan.FromDays(5));
        Assert.Equal("paused", await StateAsync(alias));

        await ChangeAsync(AliasActions.Resume, alias.Id);

        Assert.Equal("active", await StateAsync(alias));
    }

    [Fact]
    public async Task Handle_DomainOfThePortalWithoutAnAddress_IsLocal()
    {
        Assert.Equal((RecipientStatus.Unknown, false), await StatusAsync());
        await Vault.Database.ExecuteAsync("INSERT INTO mail_domains (domain, shared) VALUES ('empty.test', false)");

        Assert.Equal((RecipientStatus.Unknown, true), await StatusAsync());

        async Task<(RecipientStatus, bool)> StatusAsync()
        {
            var found = await ResolveAsync("anybody", "empty.test");
            return (found.Status, found.DomainIsLocal);
        }
    }

    [Fact]
    public async Task Handle_DeletedCatchAll_CatchesNothing()
    {
        var catchAll = await AddCatchAllAsync("quiet.test");
        await ChangeAsync(AliasActions.Delete, catchAll.Id);

        Assert.Equal(RecipientStatus.Unknown, (await ResolveAsync("anything", "quiet.test")).Status);
    }

    [Theory]
    [InlineData("status = 'paused'", RecipientStatus.VaultboxPaused)]
    [InlineData("status = 'archived'", RecipientStatus.VaultboxArchived)]
    [InlineData("status = 'paused', deleted_at = now()", RecipientStatus.VaultboxDeleted)]
    public async Task Handle_VaultboxThatTakesNoMail_SaysWhyAndWhose(string columns, RecipientStatus status)
    {
        var (alias, paused) = (await AddAsync(), await AddAsync());
        await ChangeAsync(AliasActions.Pause, paused.Id);
        await Vault.Database.ExecuteAsync($"UPDATE vaultboxes SET {columns} WHERE id = '{Box.Id}'");

        foreach (var each in new[] { alias, paused })
        {
            var resolution = await ResolveAsync(each.LocalPart);
            Assert.Equal((status, Owner.UserId), (resolution.Status, resolution.Recipient?.UserId));
        }
    }

    [Fact]
    public async Task Handle_StorageAtItsLimit_TakesNoMoreUntilItIsRaised()
    {
        await DeliverAsync(Box.Alias);
        var octets = await Vault.CountAsync($"SELECT sum(size)::bigint FROM encrypted_emails WHERE vaultbox_id = '{Box.Id}'");

        await LimitAsync($$"""{"storageBytes": {{octets}}}""");
        Assert.Equal(RecipientStatus.StorageFull, (await ResolveAsync(Box.Alias)).Status);
        await LimitAsync($$"""{"storageBytes": {{octets + 1}}}""");
        Assert.Equal(RecipientStatus.Deliverable, (await ResolveAsync(Box.Alias)).Status);
    }

    [Fact]
    public async Task Handle_MessagesOfADay_AreThoseOfTheLastTwentyFourHours()
    {
        await LimitAsync("""{"messagesPerDay": 2}""");
        await DeliverAsync(Box.Alias);
        Vault.Time.Advance(TimeSpan.FromHours(23));
        await DeliverAsync(Box.Alias);
        Assert.Equal(RecipientStatus.DayFull, (await ResolveAsync(Box.Alias)).Status);

        Vault.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(RecipientStatus.Deliverable, (await ResolveAsync(Box.Alias)).Status);
    }

    private Task LimitAsync(string limits) => Vault.Database.ExecuteAsync($"UPDATE vaultboxes SET limits = '{limits}' WHERE id = '{Box.Id}'");
}
