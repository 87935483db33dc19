using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SecondFactor.Passkeys;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SecondFactor.Passkeys;

public sealed class RenamePasskeyTests(PostgresCluster cluster) : PasskeyTest(cluster)
{
    private readonly SoftwareAuthenticator authenticator = new();

    [Fact]
    public async Task Handle_TheOwners_IsListedByTheNewName()
    {
        var actor = await AddPersonAsync();
        var added = await AddAsync(actor, authenticator);

        var renamed = await Get<RenamePasskey>().HandleAsync(actor, new RenamePasskeyRequest(added.Value!.Passkey.Id, " Key ring "), Cancel);

        Assert.Equal("Key ring", renamed.Value);
        Assert.Equal(["Key ring"], (await Get<ListPasskeys>().HandleAsync(actor, Cancel)).Value!.Select(passkey => passkey.Name));
    }

    [Theory]
    [InlineData(null, "name_required")]
    [InlineData("  ", "name_required")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901", "name_too_long")]
    public async Task Handle_ToNoName_IsRefused(string? name, string code)
    {
        var actor = await AddPersonAsync();
        var added = await AddAsync(actor, authenticator);

        Assert.Equal(code, (await Get<RenamePasskey>().HandleAsync(actor, new RenamePasskeyRequest(added.Value!.Passkey.Id, name), Cancel)).Failure?.Code);
    }

    [Fact]
    public async Task Handle_SomebodyElses_LooksLikeNone()
    {
        var added = await AddAsync(await AddPersonAsync(), authenticator);
        var other = await AddPersonAsync("other@example.org");

        Assert.Equal(
            AccountFailures.NotFound, (await Get<RenamePasskey>().HandleAsync(other, new RenamePasskeyRequest(added.Value!.Passkey.Id, "Mine"), Cancel)).Failure);
        Assert.Equal("Laptop", await Database.ScalarAsync<string>("SELECT name FROM passkeys"));
    }
}
