using Portal.Vault.Certificates;

namespace Portal.Vault.Tests.Certificates;

public sealed class WarnOfExpiringKeysTests(VaultFixture vault) : KeyTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_AsTheEndComesNear_TellsAtEachStepOnce()
    {
        await AddAsync(until: Now.AddDays(61));
        var told = new List<string>();
        foreach (var days in new[] { 0, 2, 30, 16, 5, 5, 3 })
        {
            Vault.Time.Advance(TimeSpan.FromDays(days));
            await WarnAsync();
            await WarnAsync();
            told.Add(await DaysAsync());
        }

        Assert.Equal(["", "59", "59", "59,13", "59,13", "59,13,3", "59,13,3,0"], told);
    }

    [Fact]
    public async Task Handle_AnotherKeyLivesLonger_SaysSo()
    {
        await AddAsync(until: Now.AddDays(10));
        var longer = await AddAsync(until: Now.AddYears(1));

        await WarnAsync();

        Assert.Equal(1L, await Vault.CountAsync($"SELECT count(*) FROM owner_notices WHERE vaultbox_id = '{Box.Id}' AND kind = 'key_expiring' AND wants_mail"));
        Assert.Equal(longer.NotAfter!.Value.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture), await Vault.Database.ScalarAsync<string>(
            $"SELECT detail->>'successor_until' FROM owner_notices WHERE vaultbox_id = '{Box.Id}' AND kind = 'key_expiring'"));
    }

    [Fact]
    public async Task Handle_RetiredKeyOrDeletedVaultbox_TellsNobody()
    {
        var retired = await AddAsync(until: Now.AddDays(10));
        await RetireAsync(retired, pausesMail: true);
        var (gone, _) = await Vault.NewKeyedVaultboxAsync(Owner);
        await Vault.Database.ExecuteAsync($"UPDATE certificates SET not_after = '{Now.AddDays(5):O}' WHERE vaultbox_id = '{gone.Id}'; UPDATE vaultboxes SET deleted_at = now() WHERE id = '{gone.Id}'");

        await WarnAsync();

        Assert.Equal(0L, await Vault.CountAsync($"SELECT count(*) FROM owner_notices WHERE user_id = '{Owner.UserId}' AND kind = 'key_expiring'"));
    }

    private Task WarnAsync() => Vault.Get<WarnOfExpiringKeys>().HandleAsync(Cancel);

    private async Task<string> DaysAsync() => await Vault.Database.ScalarAsync<string>(
        $"SELECT coalesce(string_agg(detail->>'days', ',' ORDER BY occurred_at), '') FROM owner_notices WHERE vaultbox_id = '{Box.Id}' AND kind = 'key_expiring'") ?? "";
}
