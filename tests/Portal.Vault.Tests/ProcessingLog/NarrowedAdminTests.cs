using Portal.Vault.ProcessingLog;

namespace Portal.Vault.Tests.ProcessingLog;

/// <summary>A token of an admin that may read the log alone: whoever holds it is no admin.</summary>
public sealed class NarrowedAdminTests(VaultFixture vault) : LogTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_NarrowedToken_FindsOwnRowsOnly()
    {
        var narrowed = Vault.Admin with { Scopes = new HashSet<string>(StringComparer.Ordinal) { VaultScopes.LogsRead } };
        var (own, other) = (Row() with { UserId = narrowed.UserId, Recipient = "own@narrow.test" }, Row() with { Recipient = "other@narrow.test" });
        await WriteAsync(own, other);
        var asked = new ListProcessingLogRequest(narrowed, From: Vault.Time.GetUtcNow().AddDays(-2), Domain: "narrow.test");

        Assert.Equal(1, (await CountAsync(asked)).Events);
        Assert.Equal([own.PassportId], await ListAsync(asked));
        Assert.Equal("not_found", (await Vault.Get<GetPassport>().HandleAsync(new(narrowed, other.PassportId), Cancel)).Problem?.Code);
        Assert.Equal([own.PassportId], await ExportedAsync(asked));
        Assert.Null((await Vault.Get<GetTrace>().HandleAsync(new(narrowed, other.PassportId), Cancel)).Value);
    }

    private async Task<IReadOnlyList<Guid>> ExportedAsync(ListProcessingLogRequest asked)
    {
        var exported = await Vault.Get<ExportProcessingLog>().HandleAsync(new(asked), Cancel);
        return [.. (await exported.Value!.ToListAsync(Cancel)).Select(row => row.PassportId)];
    }
}
