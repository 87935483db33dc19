using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SecondFactor.Passkeys;
using Portal.Platform.Accounts.Tokens;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SecondFactor.Passkeys;

public sealed class ListPasskeysTests(PostgresCluster cluster) : PasskeyTest(cluster)
{
    [Fact]
    public async Task Handle_TheOwner_SeesOnesOwnTheNewestFirst()
    {
        using var first = new SoftwareAuthenticator();
        using var second = new SoftwareAuthenticator();
        using var others = new SoftwareAuthenticator();
        var actor = await AddPersonAsync();
        await AddAsync(actor, first, "First");
        await AddAsync(actor, second, "Second");
        await AddAsync(await AddPersonAsync("other@example.org"), others, "Other");

        var list = await Get<ListPasskeys>().HandleAsync(actor, Cancel);

        Assert.Equal(["Second", "First"], list.Value!.Select(passkey => passkey.Name));
        Assert.All(list.Value!, passkey => Assert.Null(passkey.LastUsedAt));
    }

    [Fact]
    public async Task Handle_WhoMayNot_IsRefused()
    {
        var actor = await AddPersonAsync();
        var token = Actor.Token(actor.UserId, Role.User, new HashSet<string>(StringComparer.Ordinal) { TokenScopes.MessagesRead });

        Assert.Equal(AccountFailures.NotFound, (await Get<ListPasskeys>().HandleAsync(Actor.Stranger, Cancel)).Failure);
        Assert.Equal(AccountFailures.ScopeMissing, (await Get<ListPasskeys>().HandleAsync(token, Cancel)).Failure);
    }
}
