using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SignUp;
using Portal.Platform.Accounts.Tokens;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SignUp;

public sealed class CreateInviteTests(PostgresCluster cluster) : InviteTest(cluster)
{
    [Fact]
    public async Task Handle_ByAnAdmin_MailsTheLinkAndReturnsItOnce()
    {
        var invite = await InviteAsync(await AdminAsync(), " Someone@Example.org", Role.Support);

        Assert.Equal((Email, Role.Support, Time.GetUtcNow().AddDays(7)), (invite.Value!.Email, invite.Value.Role, invite.Value.ExpiresAt));
        Assert.StartsWith("http://localhost:5080/account/invite/", invite.Value.Link.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(TokenOf(invite), await MailedTokenAsync("invite", Email));
    }

    [Fact]
    public async Task Handle_ByTheOperator_Works() => Assert.True((await InviteAsync(Actor.Operator)).Succeeded);

    [Theory]
    [InlineData(Role.User)]
    [InlineData(Role.Support)]
    public async Task Handle_ByOneWhoIsNoAdmin_IsNotThere(Role role) =>
        Assert.Equal(AccountFailures.NotFound, (await InviteAsync(Person(await AddUserAsync("other@example.org", role), role))).Failure);

    [Fact]
    public async Task Handle_ByAStrangerOrANarrowedToken_IsNotThere()
    {
        var narrowed = Actor.Token(Guid.NewGuid(), Role.Admin, new HashSet<string>([TokenScopes.AccountWrite], StringComparer.Ordinal));

        Assert.Equal(AccountFailures.NotFound, (await InviteAsync(Actor.Stranger)).Failure);
        Assert.Equal(AccountFailures.NotFound, (await InviteAsync(narrowed)).Failure);
    }

    [Fact]
    public async Task Handle_ToARoleWithoutAFreshProof_AsksForStepUp()
    {
        var stale = await AdminAsync() with { FreshUntil = Time.GetUtcNow() };

        Assert.Equal(AccountFailures.StepUpRequired, (await InviteAsync(stale, role: Role.Admin)).Failure);
        Assert.Equal(AccountFailures.StepUpRequired, (await InviteAsync(stale, role: Role.Support)).Failure);
        Assert.True((await InviteAsync(stale)).Succeeded);
    }

    [Fact]
    public async Task Handle_AddressWithAnAccountOrNoAddress_SaysWhich()
    {
        var admin = await AdminAsync();

        Assert.Equal("email_taken", (await InviteAsync(admin, "ADMIN@example.org")).Failure?.Code);
        Assert.Equal("email_invalid", (await InviteAsync(admin, "nonsense")).Failure?.Code);
        Assert.Equal("role_unknown", (await InviteAsync(admin, role: (Role)99)).Failure?.Code);
    }

    [Fact]
    public async Task Handle_Again_EndsTheOlderInvitation()
    {
        var admin = await AdminAsync();
        var older = await InviteAsync(admin);
        var newer = await InviteAsync(admin);

        Assert.Equal("link_ended", (await AcceptAsync(TokenOf(older))).Failure?.Code);
        Assert.True((await AcceptAsync(TokenOf(newer))).Succeeded);
    }

    [Fact]
    public async Task Handle_SixTimesInAnHour_IsToldToWait()
    {
        var admin = await AdminAsync();
        for (var i = 0; i < 5; i++)
            Assert.True((await InviteAsync(admin)).Succeeded);

        Assert.Equal("too_many_attempts", (await InviteAsync(admin)).Failure?.Code);
    }
}

public sealed class CreateInviteWhereOffTests(PostgresCluster cluster) : InviteTest(cluster)
{
    protected override SignUpMode Mode => SignUpMode.Off;

    [Fact]
    public async Task Handle_WhereInvitationsAreOff_SaysSo() => Assert.Equal("sign_up_off", (await InviteAsync(await AdminAsync())).Failure?.Code);
}
