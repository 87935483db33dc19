using System.Text.Json;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Deletion;
using Portal.Platform.Accounts.Export;
using Portal.Testing;

namespace Portal.Platform.Tests.MotorBlocks;

/// <summary>What becomes of motor blocks when their account is exported or destroyed.</summary>
public sealed class AccountWithMotorBlocksTests(PostgresCluster cluster) : MotorBlockTest(cluster)
{
    [Fact]
    public async Task Export_OfAnAccount_HasItsMotorBlocksWithoutHashes()
    {
        var created = await CreateAsync();
        var kept = await ReadAsync(created.Block.Id);
        await AddUseAsync(kept.Id, kept.PasswordId, "printer.test", TimeSpan.FromHours(1));

        var exported = await Get<ExportAccount>().HandleAsync(Owner, Cancel);

        var block = Assert.Single(exported.Value!.MotorBlocks);
        Assert.Equal(("Printer", created.Block.Username, "printer.test"), (block.Label, block.Username, Assert.Single(block.Uses).Client));
        var names = JsonSerializer.SerializeToElement(block.Uses[0] with { LastIp = null }).EnumerateObject().Select(property => property.Name)
            .Concat(JsonSerializer.SerializeToElement(block with { Uses = [] }).EnumerateObject().Select(property => property.Name));
        Assert.DoesNotContain(names, name => name.Contains("hash", StringComparison.OrdinalIgnoreCase) || name.Contains("selector", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Purge_OfAnAccount_RemovesItsMotorBlocks(bool isBilled)
    {
        var block = await AddBlockAsync();
        await AddUseAsync(block.Id, block.PasswordId, "printer.test", TimeSpan.FromHours(1));
        await AddMessagesAsync(block.Id, 0, 1);
        if (isBilled)
            await Database.ExecuteAsync("INSERT INTO billing (user_id) SELECT id FROM users");
        await Database.ExecuteAsync("UPDATE users SET status = 'deleted', deletion_due_at = now() - interval '1 day'");

        var purged = await Get<PurgeAccount>().HandleAsync(Actor.Operator, block.UserId, Cancel);

        Assert.Equal(isBilled, purged.Value!.RecordKept);
        Assert.Equal(0, await Database.ScalarAsync<long>(
            "SELECT (SELECT count(*) FROM motor_blocks) + (SELECT count(*) FROM motor_block_uses) + (SELECT count(*) FROM motor_block_messages)"));
    }
}
