using Portal.Smime;
using Portal.Vault.Intake;

namespace Portal.Vault.Tests.Intake;

/// <summary>What becomes of a delivery when there is no room to seal it in.</summary>
public sealed class SealingQueueTests(VaultFixture vault) : IClassFixture<VaultFixture>
{
    private const string Mail = "From: otto@example.org\r\nTo: x@vault.test\r\n\r\nHi.\r\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Handle_NoRoomInTime_IsOutOfSpaceAndKeepsNothing()
    {
        var (vaultbox, _) = await vault.NewKeyedVaultboxAsync();
        var recipient = await vault.RecipientAsync(vaultbox);
        using (await vault.Get<SealingMemory>().TakeAsync(vault.Get<SealingMemory>().BudgetBytes, Cancel))
        {
            var delivery = vault.DeliverToAsync(Mail, [recipient]);
            // The clock is the test's own: it moves once the delivery waits.
            await UntilItWaitsAsync();
            vault.Time.Advance(new SealingOptions().SealingWait);

            Assert.Equal(new DeliveryResult(DeliveryOutcome.OutOfSpace, "There was no room to seal the message in."), await delivery);
        }

        Assert.Equal(0, await vault.CountAsync($"SELECT count(*) FROM encrypted_emails WHERE vaultbox_id = '{vaultbox.Id}'"));
        Assert.Equal(DeliveryOutcome.Stored, (await vault.DeliverToAsync(Mail, [recipient])).Outcome);
    }

    [Fact]
    public async Task Handle_RoomWhileItWaits_IsStored()
    {
        var (vaultbox, _) = await vault.NewKeyedVaultboxAsync();
        var recipient = await vault.RecipientAsync(vaultbox);
        var all = await vault.Get<SealingMemory>().TakeAsync(vault.Get<SealingMemory>().BudgetBytes, Cancel);
        var delivery = vault.DeliverToAsync(Mail, [recipient]);
        await UntilItWaitsAsync();

        all.Dispose();

        Assert.Equal(DeliveryOutcome.Stored, (await delivery).Outcome);
    }

    private async Task UntilItWaitsAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (vault.Get<SealingMemory>().Waiting == 0)
            await timer.WaitForNextTickAsync(Cancel);
    }

    [Theory]
    [InlineData(1024 * 1024 - 1, 60, "SealingMemoryBytes")]
    [InlineData(1024 * 1024, 0, "SealingWait")]
    [InlineData(1024 * 1024, 3601, "SealingWait")]
    public void Options_OutOfRange_NameTheKey(long bytes, int seconds, string key)
    {
        var result = new SealingOptionsValidator().Validate(null, new SealingOptions { SealingMemoryBytes = bytes, SealingWait = TimeSpan.FromSeconds(seconds) });

        Assert.StartsWith($"Portal:Vault:{key} is ", Assert.Single(result.Failures!), StringComparison.Ordinal);
    }
}
