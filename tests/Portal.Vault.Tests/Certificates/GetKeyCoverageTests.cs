using Portal.Vault.Certificates;

namespace Portal.Vault.Tests.Certificates;

public sealed class GetKeyCoverageTests(VaultFixture vault) : KeyTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_NoMail_HasKeysAndNoSpans()
    {
        var key = await AddAsync();

        var coverage = await CoverageAsync();

        Assert.Equal((0L, 0), (coverage.Messages, coverage.Spans.Count));
        Assert.Equal(new KeyOpens(key.Id, 0, 0), Assert.Single(coverage.Keys));
    }

    [Fact]
    public async Task Handle_ASecondKeyInBetween_TellsTheStretchThatHangsOnOne()
    {
        var first = await AddAsync();
        await DeliverAsync(2);
        var until = Now;
        Vault.Time.Advance(TimeSpan.FromDays(40));
        var second = await AddAsync();
        await DeliverAsync(3);

        var coverage = await CoverageAsync();

        Assert.Equal(5, coverage.Messages);
        Assert.Equal([new KeyOpens(first.Id, 5, 2), new KeyOpens(second.Id, 3, 0)], coverage.Keys);
        Assert.Equal([(2L, 1, 1), (3L, 2, 2)], coverage.Spans.Select(s => (s.Messages, s.FewestKeys, s.MostKeys)));
        Assert.Equal(until, coverage.Spans[0].To, TimeSpan.FromMilliseconds(1));
        Assert.Equal(Now, coverage.Spans[1].From, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Handle_TwoThenThreeKeys_IsOneSpan()
    {
        await AddAsync();
        await AddAsync();
        await DeliverAsync();
        await AddAsync();
        await DeliverAsync();

        var span = Assert.Single((await CoverageAsync()).Spans);

        Assert.Equal((2L, 2, 3), (span.Messages, span.FewestKeys, span.MostKeys));
    }

    [Fact]
    public async Task Handle_MadeKeyWithoutItsLockedPart_OpensNothing()
    {
        var (vaultbox, _) = await Vault.NewKeyedVaultboxAsync(Owner);
        await Vault.DeliverAsync(Message, vaultbox);
        await Vault.Database.ExecuteAsync($"DELETE FROM certificates WHERE vaultbox_id = '{vaultbox.Id}' AND certificate_type = 'private' AND purpose = 'mail'");

        var coverage = await Vault.Get<GetKeyCoverage>().HandleAsync(new(Owner, vaultbox.Id), Cancel);

        Assert.Equal((0L, 0L), (coverage.Value!.Keys.Single().Messages, coverage.Value.Keys.Single().Alone));
        Assert.Equal(0, Assert.Single(coverage.Value.Spans).FewestKeys);
    }

    [Fact]
    public async Task Handle_OthersVaultbox_LooksAbsent() =>
        Assert.Equal("not_found", (await Vault.Get<GetKeyCoverage>().HandleAsync(new(Vault.Stranger, Box.Id), Cancel)).Problem?.Code);
}
