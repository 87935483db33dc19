using Portal.Vault.Notices;

namespace Portal.Vault.Tests.Notices;

public sealed class PassOnNoticesTests(VaultFixture vault) : NoticeTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_OneFails_GoesOnWithThoseBehindItAndTriesItEverLater()
    {
        await ClearAsync();
        var (broken, fine) = (await WantAsync(-2), await WantAsync(-1));

        Assert.Equal([broken, fine], await PassAsync(n => n.Id == broken ? NoticeTaking.Failed : NoticeTaking.Done));
        Assert.Equal((1L, 0L), (await MailedAsync(fine), await MailedAsync(broken)));

        var waits = new List<int>();
        for (var failures = 1; failures < PassOnNotices.MostFailures; failures++)
        {
            var minutes = 0;
            while ((await PassAsync(_ => NoticeTaking.Failed)).Count == 0)
            {
                Vault.Time.Advance(TimeSpan.FromMinutes(1));
                minutes++;
            }

            waits.Add(minutes);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32], waits);
        Vault.Time.Advance(TimeSpan.FromDays(30));
        Assert.Empty(await PassAsync(_ => NoticeTaking.Done));
    }

    [Fact]
    public async Task Handle_OneWaits_IsAskedAgainAfterAnHourHoweverOften()
    {
        await ClearAsync();
        var waiting = await WantAsync(-1);
        for (var times = 0; times < PassOnNotices.MostFailures + 1; times++)
        {
            Assert.Equal([waiting], await PassAsync(_ => NoticeTaking.Waits));
            Vault.Time.Advance(PassOnNotices.Wait - TimeSpan.FromSeconds(1));
            Assert.Empty(await PassAsync(_ => NoticeTaking.Done));
            Vault.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([waiting], await PassAsync(_ => NoticeTaking.Done));
        Assert.Equal(1L, await MailedAsync(waiting));
    }

    [Theory]
    [InlineData("""{"name": 7}""", "7")]
    [InlineData("[]", null)]
    public async Task Handle_DetailThatIsNoText_IsHandedOverAllTheSame(string detail, string? name)
    {
        await ClearAsync();
        var odd = await WantAsync(-1);
        await Vault.Database.ExecuteAsync($"UPDATE owner_notices SET detail = '{detail}' WHERE id = '{odd}'");
        var told = new List<string?>();

        await PassAsync(notice =>
        {
            told.Add(notice.Detail.GetValueOrDefault(NoticeDetails.Name));
            return NoticeTaking.Done;
        });

        Assert.Equal([name], told);
    }

    private Task ClearAsync() => Vault.Database.ExecuteAsync("DELETE FROM owner_notices");

    private async Task<Guid> WantAsync(int seconds)
    {
        var id = await TellAsync(Now.AddSeconds(seconds));
        await Vault.Database.ExecuteAsync($"UPDATE owner_notices SET wants_mail = true WHERE id = '{id}'");
        return id;
    }

    private async Task<IReadOnlyList<Guid>> PassAsync(Func<NoticeToMail, NoticeTaking> take)
    {
        var handed = new List<Guid>();
        await Vault.Get<PassOnNotices>().HandleAsync(
            50,
            (notice, _) =>
            {
                handed.Add(notice.Id);
                return Task.FromResult(take(notice));
            },
            Cancel);
        return handed;
    }

    private Task<long> MailedAsync(Guid id) => Vault.CountAsync($"SELECT count(*) FROM owner_notices WHERE id = '{id}' AND mailed_at IS NOT NULL");
}
