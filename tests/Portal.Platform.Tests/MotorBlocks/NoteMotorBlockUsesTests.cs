using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Portal.Platform.MotorBlocks;
using Portal.Testing;

namespace Portal.Platform.Tests.MotorBlocks;

/// <summary>The database function by which the role that signs in notes what was used.</summary>
public sealed class NoteMotorBlockUsesTests(PostgresCluster cluster) : MotorBlockTest(cluster)
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Note_OfTheSameClientAndNetwork_AddsUpAndKeepsTheNewestAddress()
    {
        var block = await AddBlockAsync();
        await NoteAsync(Use(block, "192.0.2.7", At, 2), Use(block, "192.0.2.9", At.AddMinutes(2), 3));

        await NoteAsync(Use(block, "192.0.2.8", At.AddMinutes(1), 1), Use(block, "192.0.2.6", At.AddMinutes(-1), 1));

        var use = Assert.Single(await UsesAsync());
        Assert.Equal(
            (7L, "192.0.2.9", "192.0.2.0/24", At.AddMinutes(-1), At.AddMinutes(2)),
            (use.Uses, use.LastIp!.ToString(), use.Network.ToString(), use.FirstAt, use.LastAt));
    }

    [Fact]
    public async Task Note_OfOtherClientsNetworksAndPasswords_KeepsThemApart()
    {
        var block = await AddBlockAsync();

        await NoteAsync(
            Use(block, "192.0.2.7", At), Use(block, "198.51.100.1", At), Use(block, "2001:db8:1:2::3", At),
            Use(block, "192.0.2.7", At, client: null), Use(block, "192.0.2.7", At, password: Guid.NewGuid()));

        Assert.Equal(
            ["192.0.2.0/24:", "192.0.2.0/24:client.test", "192.0.2.0/24:client.test", "198.51.100.0/24:client.test", "2001:db8:1::/48:client.test"],
            (await UsesAsync()).Select(use => $"{use.Network}:{use.ClientName}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Note_NewerThanTheLastUse_BecomesTheLastUse()
    {
        var block = await AddBlockAsync();
        await NoteAsync(Use(block, "192.0.2.7", At), Use(block, "192.0.2.8", At.AddSeconds(1), client: "newer.test"));

        await NoteAsync(Use(block, "192.0.2.9", At.AddSeconds(-1), client: "older.test"));

        var kept = await ReadAsync(block.Id);
        Assert.Equal((At.AddSeconds(1), IPAddress.Parse("192.0.2.8"), "newer.test"), (kept.LastUsedAt, kept.LastUsedIp, kept.LastUsedClient));
    }

    [Fact]
    public async Task Note_OfAnUnknownBlock_IsPassedOver()
    {
        var block = await AddBlockAsync();

        await NoteAsync(Use(new MotorBlock { Id = Guid.NewGuid(), Username = "", PasswordHash = "" }, "192.0.2.1", At), Use(block, "192.0.2.7", At));

        Assert.Equal(block.Id, Assert.Single(await UsesAsync()).MotorBlockId);
    }

    [Fact]
    public async Task Note_OfManyClients_KeepsTheSixtyNewestOfEachBlock()
    {
        var (block, other) = (await AddBlockAsync(), await AddBlockAsync());
        await NoteAsync(Use(other, "192.0.2.7", At.AddDays(-9)));

        await NoteAsync([.. Enumerable.Range(0, 70).Select(n => Use(block, "192.0.2.7", At.AddSeconds(n), client: $"client-{n}"))]);

        var uses = await UsesAsync();
        Assert.Equal(60, uses.Count(use => use.MotorBlockId == block.Id));
        Assert.Equal(At.AddSeconds(10), uses.Where(use => use.MotorBlockId == block.Id).Min(use => use.LastAt));
        Assert.Single(uses, use => use.MotorBlockId == other.Id);
    }

    [Fact]
    public async Task Note_WithAnEndlessClientName_KeepsItsBeginning()
    {
        var block = await AddBlockAsync();

        await NoteAsync(Use(block, "192.0.2.7", At, client: new string('x', 1000)));

        Assert.Equal(255, Assert.Single(await UsesAsync()).ClientName.Length);
        Assert.Equal(255, (await ReadAsync(block.Id)).LastUsedClient!.Length);
    }

    [Fact]
    public async Task Note_InOppositeOrderAtOnce_LosesNothing()
    {
        MotorBlock[] blocks = [await AddBlockAsync(), await AddBlockAsync(), await AddBlockAsync()];
        object[] uses = [.. blocks.Select(block => Use(block, "192.0.2.7", At))];

        await Task.WhenAll(Enumerable.Range(0, 16).Select(n => NoteAsync(n % 2 == 0 ? uses : [.. uses.Reverse()])));

        Assert.All(await UsesAsync(), use => Assert.Equal(16, use.Uses));
    }

    private static object Use(
        MotorBlock block, string ip, DateTimeOffset at, long uses = 1, string? client = "client.test", Guid? password = null) =>
        new { block = block.Id, password = password ?? block.PasswordId, client, ip, at, uses };

    private async Task NoteAsync(params object[] uses)
    {
        await using var connection = new NpgsqlConnection(Database.Auth);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand("SELECT note_motor_block_uses($1)", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = JsonSerializer.Serialize(uses), NpgsqlDbType = NpgsqlDbType.Jsonb });
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private async Task<List<MotorBlockUse>> UsesAsync()
    {
        await using var context = await ContextAsync();
        return await context.MotorBlockUses.AsNoTracking().ToListAsync(Cancel);
    }
}
