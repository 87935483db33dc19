using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SetUp;
using Portal.Platform.Accounts.SignUp;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SignUp;

/// <summary>A server with an admin who invites.</summary>
public abstract class InviteTest(PostgresCluster cluster) : SignUpTest(cluster)
{
    protected override SignUpMode Mode => SignUpMode.InviteOnly;

    protected async Task<Actor> AdminAsync(string email = "admin@example.org") => Person(await AddUserAsync(email, Role.Admin), Role.Admin);

    protected Task<Outcome<CreatedInvite>> InviteAsync(Actor actor, string email = Email, Role role = Role.User) =>
        Get<CreateInvite>().HandleAsync(actor, new CreateInviteRequest(email, role), Cancel);

    protected Task<Outcome<CreatedAccount>> AcceptAsync(string token, string? password = null) =>
        Get<AcceptInvite>().HandleAsync(new AcceptInviteRequest(token, password ?? GoodPassword, Ip), Cancel);

    protected Task<Outcome<RevokedInvite>> RevokeAsync(Actor actor, Guid id) => Get<RevokeInvite>().HandleAsync(actor, new RevokeInviteRequest(id), Cancel);

    protected Task<Outcome<InviteList>> ListAsync(Actor actor, int limit = 50, Guid? after = null) =>
        Get<ListInvites>().HandleAsync(actor, new ListInvitesRequest(limit, after), Cancel);

    protected static string TokenOf(Outcome<CreatedInvite> invite) => invite.Value!.Link.Segments[^1];
}
