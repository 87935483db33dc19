using Portal.Vault.Notices;

namespace Portal.Vault.Tests.Notices;

public sealed class MarkNoticesReadTests(VaultFixture vault) : NoticeTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_Named_MarksThoseAndNobodyElses()
    {
        var (one, other, theirs) = (await TellAsync(), await TellAsync(), await TellAsync(user: Guid.NewGuid()));

        Assert.Equal(1, (await MarkAsync(new(Owner, [one, theirs]))).Value!.Marked);

        Assert.Equal([other], (await ListAsync()).Where(n => n.ReadAt is null).Select(n => n.Id));
        Assert.Equal(0L, await Vault.CountAsync($"SELECT count(*) FROM owner_notices WHERE id = '{theirs}' AND read_at IS NOT NULL"));
        Assert.Equal(0, (await MarkAsync(new(Owner, [one]))).Value!.Marked);
    }

    [Fact]
    public async Task Handle_AllUntil_LeavesWhatCameLater()
    {
        await TellAsync(Now.AddMinutes(-2));
        var later = await TellAsync();

        Assert.Equal(1, (await MarkAsync(new(Owner, Until: Now.AddMinutes(-1)))).Value!.Marked);
        Assert.Equal([later], (await ListAsync()).Where(n => n.ReadAt is null).Select(n => n.Id));
        Assert.Equal(1, (await MarkAsync(new(Owner))).Value!.Marked);
    }

    [Fact]
    public async Task Handle_NotAllowedOrWrongInput_IsRefused()
    {
        Assert.Equal("scope_missing", (await MarkAsync(new(With(VaultScopes.VaultboxesRead)))).Problem?.Code);
        Assert.Equal("ids_out_of_range", (await MarkAsync(new(Owner, []))).Problem?.Code);
    }

    private Task<VaultResult<MarkedNotices>> MarkAsync(MarkNoticesReadRequest request) => Vault.Get<MarkNoticesRead>().HandleAsync(request, Cancel);
}
