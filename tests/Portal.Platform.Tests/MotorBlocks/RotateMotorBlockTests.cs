using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Tokens;
using Portal.Platform.MotorBlocks;
using Portal.Testing;

namespace Portal.Platform.Tests.MotorBlocks;

public sealed class RotateMotorBlockTests(PostgresCluster cluster) : MotorBlockTest(cluster)
{
    [Fact]
    public async Task Rotate_WithAnOverlap_KeepsTheOldPasswordBesideTheNew()
    {
        var created = await CreateAsync();
        var before = await ReadAsync(created.Block.Id);

        var rotated = await RotateAsync(created.Block.Id, 60);

        var kept = await ReadAsync(created.Block.Id);
        Assert.True(await FitsAsync(rotated.Password, kept.PasswordHash));
        Assert.True(await FitsAsync(created.Password, kept.PreviousPasswordHash));
        Assert.Equal(
            (rotated.Password.Selector, before.PasswordId, created.Password.Selector),
            (kept.Selector, kept.PreviousPasswordId, kept.PreviousSelector));
        Assert.NotEqual(before.PasswordId, kept.PasswordId);
        Assert.Equal(Time.GetUtcNow().AddMinutes(60), kept.PreviousValidUntil!.Value, TimeSpan.FromMilliseconds(1));
        Assert.Equal((kept.PreviousValidUntil, created.Block.Username), (rotated.PreviousValidUntil, rotated.Block.Username));
        Assert.NotNull(kept.RotatedAt);
    }

    [Fact]
    public async Task Rotate_WithoutAnOverlap_EndsTheOldPasswordAtOnce()
    {
        var created = await CreateAsync();

        var rotated = await RotateAsync(created.Block.Id, 0);

        var kept = await ReadAsync(created.Block.Id);
        Assert.True(await FitsAsync(rotated.Password, kept.PasswordHash));
        Assert.Equal((null, null, null, null), (kept.PreviousPasswordId, kept.PreviousPasswordHash, kept.PreviousSelector, kept.PreviousValidUntil));
        Assert.Null(rotated.PreviousValidUntil);
    }

    [Fact]
    public async Task Rotate_Twice_EndsTheFirstPassword()
    {
        var created = await CreateAsync();
        var second = await RotateAsync(created.Block.Id, 60);

        var third = await RotateAsync(created.Block.Id, 30);

        var kept = await ReadAsync(created.Block.Id);
        Assert.True(await FitsAsync(third.Password, kept.PasswordHash));
        Assert.True(await FitsAsync(second.Password, kept.PreviousPasswordHash));
        Assert.False(await FitsAsync(created.Password, kept.PreviousPasswordHash));
        Assert.Equal(Time.GetUtcNow().AddMinutes(30), kept.PreviousValidUntil!.Value, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Rotate_WithoutSayingHowLong_KeepsTheOldPasswordADay()
    {
        var created = await CreateAsync();

        var rotated = await RotateAsync(created.Block.Id, null);

        Assert.Equal(Time.GetUtcNow().AddDays(1), rotated.PreviousValidUntil!.Value, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Rotate_AtOnceManyTimes_LeavesTwoPasswordsOfThem()
    {
        var created = await CreateAsync();

        var rotated = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RotateAsync(created.Block.Id, 60)));

        var kept = await ReadAsync(created.Block.Id);
        var fitting = 0;
        foreach (var one in rotated)
            fitting += await FitsAsync(one.Password, kept.PasswordHash) || await FitsAsync(one.Password, kept.PreviousPasswordHash) ? 1 : 0;
        Assert.Equal(2, fitting);
    }

    [Fact]
    public async Task Rotate_WithClientsOnTheOldPassword_NamesThem()
    {
        var created = await CreateAsync();
        var password = (await ReadAsync(created.Block.Id)).PasswordId;
        await AddUseAsync(created.Block.Id, password, "printer.test", TimeSpan.FromHours(1));
        await AddUseAsync(created.Block.Id, password, "asleep.test", TimeSpan.FromDays(31));
        await AddUseAsync(created.Block.Id, Guid.NewGuid(), "older.test", TimeSpan.FromHours(1));

        var rotated = await RotateAsync(created.Block.Id, 60);

        var client = Assert.Single(rotated.OnPreviousPassword);
        Assert.Equal(("printer.test", false), (client.Client, client.IsCurrentPassword));
    }

    [Fact]
    public async Task Rotate_ByWhoMayNot_IsRefusedInOrder()
    {
        var block = await AddBlockAsync();
        var revoked = await AddBlockAsync(b => b.RevokedAt = Time.GetUtcNow());
        var request = new RotateMotorBlockRequest(block.Id, -1);
        var rotate = Get<RotateMotorBlock>();

        Assert.Equal("not_found", (await rotate.HandleAsync(Actor.Stranger, request, Cancel)).Failure?.Code);
        Assert.Equal("not_found", (await rotate.HandleAsync(Other, request, Cancel)).Failure?.Code);
        Assert.Equal("not_found", (await rotate.HandleAsync(Owner, new RotateMotorBlockRequest(revoked.Id, 0), Cancel)).Failure?.Code);
        Assert.Equal("scope_missing", (await rotate.HandleAsync(TokenWith(TokenScopes.CredentialsRead), request, Cancel)).Failure?.Code);
        Assert.Equal("step_up_required", (await rotate.HandleAsync(StaleOwner, request, Cancel)).Failure?.Code);
        Assert.Equal("overlap_out_of_range", (await rotate.HandleAsync(Owner, request, Cancel)).Failure?.Code);
    }

    [Fact]
    public async Task Rotate_Done_IsAnnounced()
    {
        var created = await CreateAsync();

        Assert.Equal($"block:{created.Block.Id}", await HeardAsync(() => RotateAsync(created.Block.Id, 0)));
    }

    private async Task<RotatedMotorBlock> RotateAsync(Guid id, int? overlapMinutes)
    {
        var rotated = await Get<RotateMotorBlock>().HandleAsync(Owner, new RotateMotorBlockRequest(id, overlapMinutes), Cancel);
        Assert.True(rotated.Succeeded, rotated.Failure?.Detail);
        return rotated.Value;
    }
}
