using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.DependencyInjection;
using Portal.Vault.Vaultboxes;
using Portal.Web.Tests.MailAuthentication;

namespace Portal.Web.Tests.MailHosting;

/// <summary>What a mail server is told of each state and limit of a vaultbox, over the real socket.</summary>
[Collection(nameof(MailCollection))]
public sealed class VaultboxIntakeTests(MailWorld world) : IntakeTest(world), IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await SendAsync(World.Address);

    /// <summary>Other tests write to it too.</summary>
    public async ValueTask DisposeAsync() =>
        await World.World.Vault.ExecuteAsync($"UPDATE vaultboxes SET status = 'active', limits = '{{}}', deleted_at = NULL WHERE id = '{World.VaultboxId}'");

    [Theory]
    [InlineData("status = 'paused'", 550, "5.2.1 This mailbox takes no mail at present", "The vaultbox is paused.")]
    [InlineData("status = 'archived'", 550, "5.2.1 This mailbox takes no mail any more", "The vaultbox is archived.")]
    [InlineData("deleted_at = now()", 550, "5.1.1 No such address here", "The vaultbox is deleted.")]
    [InlineData("limits = '{\"storageBytes\": 1}'", 452, "4.2.2 This mailbox is full; try again later", "The vaultbox holds as much as its limit lets it.")]
    [InlineData("limits = '{\"messagesPerDay\": 1}'", 452, "4.2.2 This mailbox has taken all that it may in a day; try again later", "The vaultbox has taken as many messages in 24 hours as its limit lets it.")]
    public async Task Recipient_WhoseVaultboxTakesNoMail_IsToldWhyAndSoIsTheLog(string columns, int code, string text, string reason)
    {
        await World.World.Vault.ExecuteAsync($"UPDATE vaultboxes SET {columns} WHERE id = '{World.VaultboxId}'");
        var (local, domain) = (World.Address.Split('@')[0], World.Address.Split('@')[1]);

        var refused = await Assert.ThrowsAsync<SmtpCommandException>(() => SendAsync(World.Address));

        Assert.Equal((code, text), ((int)refused.StatusCode, refused.Message));
        var tag = $"{local}+{Guid.NewGuid():n}";
        Assert.Equal(reason, await LoggedAsync(tag, domain));
        Assert.Equal(World.OwnerId, await World.World.Vault.ScalarAsync<Guid>($"SELECT user_id FROM email_processing_logs WHERE recipient = '{tag}@{domain}'"));
    }

    [Fact]
    public async Task Delete_UnderALiveSession_EndsItAndLetsNobodyInUntilItIsRestored()
    {
        var (device, other) = (await World.AddDeviceAsync(), await World.AddDeviceAsync());
        await using var session = await RawSession.ConnectAsync(World.SubmissionTlsPort);
        Assert.StartsWith("235", await session.AuthenticateAsync(device.Username, device.Password.Text), StringComparison.Ordinal);

        Assert.True((await World.Services.GetRequiredService<DeleteVaultbox>().HandleAsync(new(World.Owner, World.VaultboxId), Cancel)).Succeeded);

        Assert.StartsWith("421", await session.ReplyAsync().WaitAsync(TimeSpan.FromSeconds(5), Cancel), StringComparison.Ordinal);
        await Assert.ThrowsAsync<AuthenticationException>(() => World.SignInAsync(device.Username, device.Password));
        await Assert.ThrowsAsync<AuthenticationException>(() => World.SignInAsync(World.Address, device.Password));
        Assert.True((await World.Services.GetRequiredService<RestoreVaultbox>().HandleAsync(new(World.Owner, World.VaultboxId), Cancel)).Succeeded);
        // The first was refused a moment ago, which is remembered for half a minute.
        (await World.SignInAsync(other.Username, other.Password)).Dispose();
        await SendAsync(World.Address);
    }
}
