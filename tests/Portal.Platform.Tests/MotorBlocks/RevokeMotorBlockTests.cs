using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Tokens;
using Portal.Platform.MotorBlocks;
using Portal.Testing;

namespace Portal.Platform.Tests.MotorBlocks;

public sealed class RevokeMotorBlockTests(PostgresCluster cluster) : MotorBlockTest(cluster)
{
    [Fact]
    public async Task Revoke_DuringAnOverlap_LeavesNoHash()
    {
        var created = await CreateAsync();
        await Get<RotateMotorBlock>().HandleAsync(Owner, new RotateMotorBlockRequest(created.Block.Id, 60), Cancel);

        var revoked = await Get<RevokeMotorBlock>().HandleAsync(StaleOwner, created.Block.Id, Cancel);

        Assert.Equal(created.Block.Id, revoked.Value);
        var kept = await ReadAsync(created.Block.Id);
        Assert.Equal(("!", null, null), (kept.PasswordHash, kept.PreviousPasswordHash, kept.PreviousValidUntil));
        Assert.NotNull(kept.RevokedAt);
    }

    [Fact]
    public async Task Revoke_ByWhoMayNotOrTwice_IsRefused()
    {
        var block = await AddBlockAsync();
        var revoke = Get<RevokeMotorBlock>();

        Assert.Equal("not_found", (await revoke.HandleAsync(Actor.Stranger, block.Id, Cancel)).Failure?.Code);
        Assert.Equal("not_found", (await revoke.HandleAsync(Other, block.Id, Cancel)).Failure?.Code);
        Assert.Equal("scope_missing", (await revoke.HandleAsync(TokenWith(TokenScopes.CredentialsRead), block.Id, Cancel)).Failure?.Code);
        Assert.True((await revoke.HandleAsync(TokenWith(TokenScopes.CredentialsWrite), block.Id, Cancel)).Succeeded);
        Assert.Equal("not_found", (await revoke.HandleAsync(Owner, block.Id, Cancel)).Failure?.Code);
    }

    [Fact]
    public async Task Revoke_Done_IsAnnounced()
    {
        var block = await AddBlockAsync();

        Assert.Equal($"block:{block.Id}", await HeardAsync(() => Get<RevokeMotorBlock>().HandleAsync(Owner, block.Id, Cancel)));
    }
}
