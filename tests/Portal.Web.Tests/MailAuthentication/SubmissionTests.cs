using System.Globalization;
using MailKit.Net.Smtp;
using MimeKit;

namespace Portal.Web.Tests.MailAuthentication;

/// <summary>What becomes of a message that a signed-in program hands in.</summary>
[Collection(nameof(MailCollection))]
public sealed class SubmissionTests(MailWorld world)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submit_ToAnAddressOfOurs_IsSealedAndTellsTheRecipientNothingOfTheClient()
    {
        var device = await world.AddDeviceAsync();
        using var client = await world.SignInAsync(device.Username, device.Password);

        var reply = await client.SendAsync(world.Message(world.Address), Cancel);

        var passport = reply[(reply.LastIndexOf(' ') + 1)..];
        Assert.Equal(1L, await world.World.Vault.ScalarAsync<long>($"SELECT count(*) FROM encrypted_emails WHERE passport_id = '{passport}'"));
        // The sender's row is written behind the reply; the recipient's rows with the message.
        Assert.Equal(0L, await world.World.Vault.ScalarAsync<long>(
            $"SELECT count(*) FROM email_processing_logs WHERE passport_id = '{passport}' AND stage IN ('sealed', 'stored') AND (peer_ip IS NOT NULL OR peer_name IS NOT NULL OR authenticated_as IS NOT NULL)"));
        Assert.Equal(2L, await world.World.Vault.ScalarAsync<long>(
            $"SELECT count(*) FROM email_processing_logs WHERE passport_id = '{passport}' AND stage IN ('sealed', 'stored')"));
    }

    [Fact]
    public async Task Submit_SignedInByAnAddressOfTheVaultbox_SendsAsIt()
    {
        var device = await world.AddDeviceAsync();
        using var client = await world.SignInAsync(world.Address.ToUpperInvariant(), device.Password);

        Assert.Contains("Sealed and stored", await client.SendAsync(world.Message(world.Address), Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_ToAnotherServer_IsRefusedWithThePlainReason()
    {
        var device = await world.AddDeviceAsync();
        using var client = await world.SignInAsync(device.Username, device.Password);

        var refused = await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(world.Message(world.Address, "friend@elsewhere.test"), Cancel));

        Assert.Equal(550, (int)refused.StatusCode);
        Assert.Contains("5.7.1 This server does not send to other servers yet", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_WithAnothersAddressInFrom_IsRefusedAfterItsData()
    {
        var device = await world.AddDeviceAsync();
        using var client = await world.SignInAsync(device.Username, device.Password);
        var before = await StoredAsync();

        var refused = await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(
            world.Message("ceo@elsewhere.test"), MailboxAddress.Parse(world.Address), [MailboxAddress.Parse(world.Address)], Cancel));

        Assert.Contains("5.7.1 From or Sender of the message names an address", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await StoredAsync());
    }

    [Fact]
    public async Task Submit_AgainWithItsMessageIdAndNoDate_IsStoredOnce()
    {
        var device = await world.AddDeviceAsync();
        await using var session = await RawSession.ConnectAsync(world.SubmissionTlsPort);
        await session.AuthenticateAsync(device.Username, device.Password.Text);
        var id = Guid.NewGuid();
        var before = await StoredAsync();

        for (var i = 0; i < 2; i++)
        {
            await session.SayAsync($"MAIL FROM:<{world.Address}>");
            await session.SayAsync($"RCPT TO:<{world.Address}>");
            await session.SayAsync("DATA");
            Assert.StartsWith("250", await session.SayAsync($"From: {world.Address}\r\nMessage-ID: <{id}@vault.test>\r\n\r\nBody\r\n."), StringComparison.Ordinal);
        }

        Assert.Equal(before + 1, await StoredAsync());
    }

    [Fact]
    public async Task Submit_ByAMotorBlockPastItsLimit_IsPutOffWithTheTime()
    {
        var block = await world.AddMotorBlockAsync("rate_limit_per_hour = 2");
        using var client = await world.SignInAsync(block.Username, block.Password);
        var from = $"news@{world.Domain}";
        await client.SendAsync(world.Message(from), Cancel);
        await client.SendAsync(world.Message(from), Cancel);

        var deferred = await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(world.Message(from), Cancel));

        Assert.Equal(450, (int)deferred.StatusCode);
        Assert.Matches("4\\.7\\.1 Limit of 2 messages an hour reached, 2 sent; next one at [0-9]{2}:[0-9]{2} UTC", deferred.Message);
    }

    [Fact]
    public async Task Submit_ByAMotorBlockWithAMessageThatIsNotTaken_DoesNotCount()
    {
        var block = await world.AddMotorBlockAsync("rate_limit_per_hour = 1");
        using var client = await world.SignInAsync(block.Username, block.Password);
        var from = $"news@{world.Domain}";
        await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(
            world.Message("ceo@elsewhere.test"), MailboxAddress.Parse(from), [MailboxAddress.Parse(world.Address)], Cancel));

        Assert.Contains("Sealed and stored", await client.SendAsync(world.Message(from), Cancel), StringComparison.Ordinal);
        Assert.Equal(1L, await world.World.Platform.ScalarAsync<long>(
            string.Create(CultureInfo.InvariantCulture, $"SELECT sum(messages) FROM motor_block_messages WHERE motor_block_id = '{block.Id}'")));
    }

    [Fact]
    public async Task Submit_ByAMotorBlockWhoseDomainIsNotVerifiedAnyMore_IsRefused()
    {
        var block = await world.AddMotorBlockAsync("domain = 'gone.test'");
        using var client = await world.SignInAsync(block.Username, block.Password);

        var refused = await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(world.Message("news@gone.test"), Cancel));

        Assert.Contains("gone.test is no verified domain of the sender's any more", refused.Message, StringComparison.Ordinal);
    }

    private Task<long> StoredAsync() => world.World.Vault.ScalarAsync<long>("SELECT count(*) FROM encrypted_emails");
}
