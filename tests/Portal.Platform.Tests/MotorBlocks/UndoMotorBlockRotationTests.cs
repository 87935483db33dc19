using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Tokens;
using Portal.Platform.MotorBlocks;
using Portal.Testing;

namespace Portal.Platform.Tests.MotorBlocks;

public sealed class UndoMotorBlockRotationTests(PostgresCluster cluster) : MotorBlockTest(cluster)
{
    [Fact]
    public async Task Undo_WithinTheOverlap_MakesTheOldPasswordTheOnlyOne()
    {
        var created = await CreateAsync();
        var before = await ReadAsync(created.Block.Id);
        await RotateAsync(created.Block.Id, 60);
        Time.Advance(TimeSpan.FromMinutes(59));

        var undone = await UndoAsync(created.Block.Id);

        Assert.True(undone.Succeeded, undone.Failure?.Detail);
        var kept = await ReadAsync(created.Block.Id);
        Assert.Equal((before.PasswordHash, before.PasswordId, before.Selector), (kept.PasswordHash, kept.PasswordId, kept.Selector));
        Assert.Equal((null, null, null, null), (kept.PreviousPasswordId, kept.PreviousPasswordHash, kept.PreviousSelector, kept.PreviousValidUntil));
        Assert.Null(undone.Value.PreviousValidUntil);
    }

    [Fact]
    public async Task Undo_AfterTheOverlap_IsRefusedAndChangesNothing()
    {
        var created = await CreateAsync();
        await RotateAsync(created.Block.Id, 60);
        var rotated = await ReadAsync(created.Block.Id);
        Time.Advance(TimeSpan.FromMinutes(60));

        Assert.Equal("nothing_to_undo", (await UndoAsync(created.Block.Id)).Failure?.Code);

        Assert.Equal(rotated.PasswordHash, (await ReadAsync(created.Block.Id)).PasswordHash);
    }

    [Fact]
    public async Task Undo_WithoutAnOverlapOrTwice_IsRefused()
    {
        var created = await CreateAsync();
        Assert.Equal("nothing_to_undo", (await UndoAsync(created.Block.Id)).Failure?.Code);
        await RotateAsync(created.Block.Id, 0);
        Assert.Equal("nothing_to_undo", (await UndoAsync(created.Block.Id)).Failure?.Code);
        await RotateAsync(created.Block.Id, 60);
        Assert.True((await UndoAsync(created.Block.Id)).Succeeded);

        Assert.Equal("nothing_to_undo", (await UndoAsync(created.Block.Id)).Failure?.Code);
    }

    [Fact]
    public async Task Undo_ByWhoMayNot_IsRefusedInOrder()
    {
        var block = await AddBlockAsync();
        var undo = Get<UndoMotorBlockRotation>();

        Assert.Equal("not_found", (await undo.HandleAsync(Actor.Stranger, block.Id, Cancel)).Failure?.Code);
        Assert.Equal("not_found", (await undo.HandleAsync(Other, block.Id, Cancel)).Failure?.Code);
        Assert.Equal("scope_missing", (await undo.HandleAsync(TokenWith(TokenScopes.CredentialsRead), block.Id, Cancel)).Failure?.Code);
        Assert.Equal("step_up_required", (await undo.HandleAsync(StaleOwner, block.Id, Cancel)).Failure?.Code);
    }

    [Fact]
    public async Task Undo_Done_IsAnnounced()
    {
        var created = await CreateAsync();
        await RotateAsync(created.Block.Id, 60);

        Assert.Equal($"block:{created.Block.Id}", await HeardAsync(() => UndoAsync(created.Block.Id)));
    }

    private Task<Outcome<MotorBlockView>> UndoAsync(Guid id) => Get<UndoMotorBlockRotation>().HandleAsync(Owner, id, Cancel);

    private async Task RotateAsync(Guid id, int overlapMinutes) =>
        Assert.True((await Get<RotateMotorBlock>().HandleAsync(Owner, new RotateMotorBlockRequest(id, overlapMinutes), Cancel)).Succeeded);
}
