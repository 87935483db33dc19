using Portal.Platform.Accounts.Tokens;
using Portal.Platform.MotorBlocks;
using Portal.Testing;

namespace Portal.Platform.Tests.MotorBlocks;

public sealed class GetMotorBlockTests(PostgresCluster cluster) : MotorBlockTest(cluster)
{
    [Fact]
    public async Task Get_AnOwnOne_TellsWhoSignsInWithWhichPassword()
    {
        var block = await AddBlockAsync();
        await AddUseAsync(block.Id, block.PasswordId, "now.test", TimeSpan.FromMinutes(1));
        await AddUseAsync(block.Id, Guid.NewGuid(), "old.test", TimeSpan.FromDays(29));
        await AddUseAsync(block.Id, block.PasswordId, "gone.test", TimeSpan.FromDays(31));

        var detail = await Get<GetMotorBlock>().HandleAsync(Owner, block.Id, Cancel);

        Assert.Equal(block.Id, detail.Value!.Block.Id);
        Assert.Equal(
            ["now.test:192.0.2.0/24:True", "old.test:192.0.2.0/24:False"],
            detail.Value.Uses.Select(use => $"{use.Client}:{use.Network}:{use.IsCurrentPassword}"));
    }

    [Fact]
    public async Task Get_DuringAnOverlap_TellsItsEndUntilItIsOver()
    {
        var created = await CreateAsync();
        await Get<RotateMotorBlock>().HandleAsync(Owner, new RotateMotorBlockRequest(created.Block.Id, 60), Cancel);
        var until = Time.GetUtcNow().AddMinutes(60);

        var during = await Get<GetMotorBlock>().HandleAsync(Owner, created.Block.Id, Cancel);
        Time.Advance(TimeSpan.FromMinutes(60));
        var after = await Get<GetMotorBlock>().HandleAsync(Owner, created.Block.Id, Cancel);

        Assert.Equal(until, during.Value!.Block.PreviousValidUntil!.Value, TimeSpan.FromMilliseconds(1));
        Assert.Null(after.Value!.Block.PreviousValidUntil);
    }

    [Fact]
    public async Task Get_WhatIsAnothersOrRevokedOrNothing_IsNotFound()
    {
        var (live, revoked) = (await AddBlockAsync(), await AddBlockAsync(block => block.RevokedAt = Time.GetUtcNow()));
        var get = Get<GetMotorBlock>();

        Assert.Equal("not_found", (await get.HandleAsync(Other, live.Id, Cancel)).Failure?.Code);
        Assert.Equal("not_found", (await get.HandleAsync(Owner, revoked.Id, Cancel)).Failure?.Code);
        Assert.Equal("not_found", (await get.HandleAsync(Owner, Guid.NewGuid(), Cancel)).Failure?.Code);
        Assert.Equal("scope_missing", (await get.HandleAsync(TokenWith(TokenScopes.CredentialsWrite), live.Id, Cancel)).Failure?.Code);
    }
}
