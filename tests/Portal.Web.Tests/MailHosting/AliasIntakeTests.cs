using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.DependencyInjection;
using Portal.Vault.Aliases;
using Portal.Web.Tests.MailAuthentication;

namespace Portal.Web.Tests.MailHosting;

/// <summary>What a mail server is told of each kind and state of address, over the real socket.</summary>
[Collection(nameof(MailCollection))]
public sealed class AliasIntakeTests(MailWorld world) : IntakeTest(world)
{
    [Theory]
    [InlineData("status = 'paused'", 450, "4.2.1 This address is paused", "The address is paused.")]
    [InlineData("expires_at = now() - interval '1 minute'", 550, "5.1.6 This address was made for a limited time, which is over", "The address has expired.")]
    [InlineData("max_messages = 1, message_count = 1", 550, "5.1.6 This address has taken all the messages that it was made for", "The address has taken all the messages that it may.")]
    [InlineData("max_idle_days = 1, updated_at = now() - interval '1 day'", 550, "5.1.6 This address has ended, since it was not used for a long time", "The address ended because it was not used.")]
    [InlineData("deleted_at = now()", 550, "5.1.1 No such address here", "No such address.")]
    public async Task Recipient_ThatTakesNoMail_IsToldWhyAndSoIsTheLog(string columns, int code, string text, string reason)
    {
        var alias = await AddAsync();
        await World.World.Vault.ExecuteAsync($"UPDATE aliases SET {columns} WHERE id = '{alias.Id}'");

        var refused = await Assert.ThrowsAsync<SmtpCommandException>(() => SendAsync($"{alias.LocalPart}+tag@{alias.Domain}"));

        Assert.Equal((code, text), ((int)refused.StatusCode, refused.Message));
        Assert.Equal(reason, await LoggedAsync($"{alias.LocalPart}+log", alias.Domain));
    }

    [Fact]
    public async Task Recipient_Tagged_IsStoredUnderWhatWasWrittenTo()
    {
        var alias = await AddAsync();

        await SendAsync($"{alias.LocalPart}+News@{alias.Domain}");

        Assert.Equal(1L, await World.World.Vault.ScalarAsync<long>($"SELECT count(*) FROM encrypted_emails WHERE recipient = '{alias.LocalPart}+news@{alias.Domain}'"));
        Assert.Equal(1L, await World.World.Vault.ScalarAsync<long>($"SELECT message_count FROM aliases WHERE id = '{alias.Id}'"));
    }

    [Fact]
    public async Task Data_AfterTheLastThatItMayTake_IsRefusedAndNotStored()
    {
        var alias = await AddAsync(new(MaxMessages: 1));
        await using var first = await PlainSession.ConnectAsync(IntakePort);
        await using var second = await PlainSession.ConnectAsync(IntakePort);
        foreach (var session in new[] { first, second })
        {
            await session.SayAsync("MAIL FROM:<otto@example.org>");
            Assert.StartsWith("250", await session.SayAsync($"RCPT TO:<{alias.Address}>"), StringComparison.Ordinal);
            Assert.StartsWith("354", await session.SayAsync("DATA"), StringComparison.Ordinal);
        }

        var taken = await first.SayAsync("From: otto@example.org\r\n\r\nOne\r\n.");
        var refused = await second.SayAsync("From: otto@example.org\r\n\r\nTwo\r\n.");

        Assert.StartsWith("250 2.0.0 Sealed and stored", taken, StringComparison.Ordinal);
        Assert.Equal("550 5.1.6 This address has taken all the messages that it was made for", refused);
        Assert.Equal(1L, await World.World.Vault.ScalarAsync<long>($"SELECT count(*) FROM encrypted_emails WHERE recipient = '{alias.Address}'"));
    }

    [Fact]
    public async Task Submission_WithATagOfAnOwnAddress_IsTakenAndOfAPausedOneNot()
    {
        var device = await World.AddDeviceAsync();
        var alias = await AddAsync();
        using var client = await World.SignInAsync(device.Username, device.Password);

        await client.SendAsync(World.Message($"{alias.LocalPart}+tag@{alias.Domain}"), Cancel);
        await World.Services.GetRequiredService<ChangeAliases>().HandleAsync(new(World.Owner, World.VaultboxId, AliasActions.Pause, [alias.Id]), Cancel);
        var refused = await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(World.Message($"{alias.LocalPart}+tag@{alias.Domain}"), Cancel));

        Assert.Contains("5.7.1 This credential does not send as that address", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_ByADeletedAddress_IsRefused()
    {
        var device = await World.AddDeviceAsync();
        var (alias, kept) = (await AddAsync(), await AddAsync());
        await World.Services.GetRequiredService<ChangeAliases>().HandleAsync(new(World.Owner, World.VaultboxId, AliasActions.Delete, [alias.Id]), Cancel);

        await Assert.ThrowsAsync<AuthenticationException>(() => World.SignInAsync(alias.Address, device.Password));
        (await World.SignInAsync(kept.Address, device.Password)).Dispose();
    }

    private async Task<AliasView> AddAsync(AliasTerms? terms = null)
    {
        var added = await World.Services.GetRequiredService<AddAlias>().HandleAsync(
            new(World.Owner, World.VaultboxId, "vault.test", $"a{Guid.NewGuid():n}", terms ?? new()), Cancel);
        Assert.True(added.Succeeded, added.Problem?.Detail);
        return added.Value;
    }
}
