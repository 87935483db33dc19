using System.Text;
using Portal.Vault.Intake;
using Portal.Vault.Tests.Aliases;

namespace Portal.Vault.Tests.Intake;

/// <summary>What <see cref="DeliverMessage"/> counts at the alias that a message came through.</summary>
public sealed class CountedDeliveryTests(VaultFixture vault) : AliasTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_Mail_IsCountedWithItsTimeAndADuplicateIsNot()
    {
        var alias = await AddAsync();
        await DeliverAsync(alias.LocalPart, messageId: "<1@example.org>");
        var at = Now;
        Vault.Time.Advance(TimeSpan.FromHours(1));

        await DeliverAsync(alias.LocalPart, messageId: "<1@example.org>");
        var once = await ReadAsync(alias);
        await DeliverAsync($"{alias.LocalPart}+tag");
        var twice = await ReadAsync(alias);

        Assert.Equal((1L, 2L), (once.MessageCount, twice.MessageCount));
        Assert.Equal(at, once.LastUsedAt!.Value, TimeSpan.FromMilliseconds(1));
        Assert.Equal(alias.UpdatedAt, twice.UpdatedAt);
    }

    [Fact]
    public async Task Handle_ManyMailsAtOnce_NeverPassTheLimit()
    {
        var alias = await AddAsync(null, new(MaxMessages: 3));
        var recipient = (await ResolveAsync(alias.LocalPart)).Recipient!;

        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Vault.DeliverToAsync(Mail(), [recipient])));

        Assert.Equal(3, results.Count(r => r.Outcome == DeliveryOutcome.Stored));
        Assert.Equal(9, results.Count(r => r.Outcome == DeliveryOutcome.UsedUp));
        Assert.Equal((3L, 3L), (await StoredAsync(), (await ReadAsync(alias)).MessageCount));
        Assert.Equal(3L, await Vault.CountAsync($"SELECT count(DISTINCT passport_id) FROM email_processing_logs WHERE vaultbox_id = '{Box.Id}'"));
        Assert.Equal(3L, await Vault.CountAsync($"SELECT count(*) FROM deliveries WHERE vaultbox_id = '{Box.Id}'"));
    }

    [Fact]
    public async Task Handle_DuplicateOfTheLastThatItMayTake_IsStillStored()
    {
        var alias = await AddAsync(null, new(MaxMessages: 1));
        var recipient = (await ResolveAsync(alias.LocalPart)).Recipient!;
        var mail = Mail();
        await Vault.DeliverToAsync(mail, [recipient]);

        Assert.Equal(DeliveryOutcome.Stored, (await Vault.DeliverToAsync(mail, [recipient])).Outcome);
        Assert.Equal(DeliveryOutcome.UsedUp, (await Vault.DeliverToAsync(Mail(), [recipient])).Outcome);
    }

    [Fact]
    public async Task Handle_OneOfSeveralUsedUpMeanwhile_KeepsNothingAndLosesNothing()
    {
        var alias = await AddAsync(null, new(MaxMessages: 1));
        var recipient = (await ResolveAsync(alias.LocalPart)).Recipient!;
        var (other, _) = await Vault.NewKeyedVaultboxAsync();
        var others = await Vault.RecipientAsync(other);
        await Vault.DeliverToAsync(Mail(), [recipient]);

        var result = await Vault.DeliverToAsync(Mail(), [recipient, others]);

        Assert.Equal(DeliveryOutcome.Deferred, result.Outcome);
        Assert.Equal((1L, 0L), (await StoredAsync(), await Vault.CountAsync($"SELECT count(*) FROM encrypted_emails WHERE vaultbox_id = '{other.Id}'")));
    }

    [Fact]
    public async Task Handle_TaggedAndCaughtAddresses_StandInRecipientAndLog()
    {
        await AddCatchAllAsync("kept.test");
        await DeliverAsync("some.one+tag", "kept.test");

        Assert.Equal("some.one+tag@kept.test", await Vault.Database.ScalarAsync<string>($"SELECT recipient FROM encrypted_emails WHERE vaultbox_id = '{Box.Id}'"));
        Assert.Equal("some.one+tag@kept.test", await Vault.Database.ScalarAsync<string>(
            $"SELECT DISTINCT recipient FROM email_processing_logs WHERE vaultbox_id = '{Box.Id}'"));
    }

    [Fact]
    public async Task Handle_Tag_StandsInTheTraceHeader()
    {
        var (box, keys) = await Vault.NewKeyedVaultboxAsync();
        var recipient = (await ResolveAsync($"{box.Alias}+tag")).Recipient!;

        await Vault.DeliverToAsync(Mail(), [recipient]);

        var cms = new System.Security.Cryptography.Pkcs.EnvelopedCms();
        cms.Decode((await Vault.Database.ScalarAsync<byte[]>($"SELECT body_encrypted FROM encrypted_emails WHERE vaultbox_id = '{box.Id}'"))!);
        cms.Decrypt([keys.Certificate]);
        Assert.Contains($"for <{box.Alias}+tag@vault.test>", Encoding.UTF8.GetString(cms.ContentInfo.Content), StringComparison.Ordinal);
    }
}
