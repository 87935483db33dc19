using Portal.Vault.Aliases;
using Portal.Vault.Credentials;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Tests.Vaultboxes;

public sealed class GetVaultboxContentsTests(VaultFixture vault) : VaultboxTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_WhatIsGoneAlready_IsNotCounted()
    {
        var gone = await AddAsync();
        await ChangeAsync(AliasActions.Delete, gone.Id);
        var revoked = (await Vault.Get<CreateDevice>().HandleAsync(new(Owner, Box.Id, null, ["smtp"]), Cancel)).Value!.Device.Id;
        await Vault.Get<RevokeDevice>().HandleAsync(new(Owner, Box.Id, revoked), Cancel);
        await Vault.Database.ExecuteAsync(
            $"INSERT INTO devices (user_id, username, label, password_id) VALUES ('{Owner.UserId}', 'encimap-{Box.Id}', 'All', gen_random_uuid())");
        await DeliverAsync(Box.Alias);
        await DeliverAsync(Box.Alias);

        var contents = (await GetAsync(Reader)).Value!;

        Assert.Equal((2L, 1, 1, 0), (contents.Messages, contents.Aliases, contents.Keys, contents.Devices));
        Assert.True(contents.Octets > 0);
    }

    [Fact]
    public async Task Handle_OthersAndWithoutScope_LookAbsentAndForbidden()
    {
        Assert.Equal("not_found", (await GetAsync(Vault.Stranger)).Problem?.Code);
        Assert.Equal("scope_missing", (await GetAsync(Writer)).Problem?.Code);
    }

    private Task<VaultResult<VaultboxContents>> GetAsync(VaultActor actor) => Vault.Get<GetVaultboxContents>().HandleAsync(new(actor, Box.Id), Cancel);
}
