using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Npgsql;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Reading;

/// <summary>The main job: mail from anyone, sealed on arrival, read by the one whose keys were made in this browser a minute before.</summary>
public sealed class ReadingTests(SharedPortal portal, Chromium chromium)
{
    [Theory]
    [InlineData("swaks", "shy", "aes-256-cbc")]
    [InlineData("smtplib", "open", "aes-256-gcm")]
    public async Task Mail_SentByForeignSoftware_IsReadInTheBrowserAndOpensWithOpenSsl(string sender, string policy, string cipher)
    {
        var account = await TestAccount.AddAsync(portal.Process, $"{sender}@people.test");
        await using var visitor = await Visitor.ArriveAsync(chromium, portal.Url);
        await visitor.SignInAsync(account);
        var vaultboxId = await visitor.NewVaultboxAsync($"reader.{sender}");
        await SetAsync(vaultboxId, policy, cipher);
        var (key, password) = await ExportAsync(visitor);
        var mail = new AwkwardMail($"reader.{sender}@vault.test", AwkwardMail.NewMarker());

        await visitor.GoAsync($"/mail/{vaultboxId}");
        await visitor.UnlockIfLockedAsync();
        await Senders.SendAsync(sender, portal.Process.IntakePort, $"reader.{sender}@vault.test", mail.Bytes);
        // Live arrival: nobody reloads the page.
        await visitor.OpenAsync(vaultboxId, AwkwardMail.Subject);

        var frame = visitor.Page.FrameLocator("vb-message-frame iframe");
        await frame.GetByText(mail.Marker).First.WaitForAsync();
        Assert.Equal(AwkwardMail.Subject, await visitor.Page.Locator(".vb-reader-subject").InnerTextAsync());
        Assert.Contains($"S/MIME, {cipher.ToUpperInvariant()}", await visitor.Page.Locator("#vb-seal-facts").TextContentAsync(), StringComparison.Ordinal);
        Assert.Contains("Receipt verified", await visitor.Page.Locator(".vb-seal-chip").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("Tomás Árendt", await visitor.Page.Locator(".vb-reader-people").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("not loaded", await visitor.Page.Locator(".vb-remote").InnerTextAsync(), StringComparison.Ordinal);
        Assert.True(await frame.Locator("img[alt=dot]").EvaluateAsync<bool>("async i => { await i.decode(); return i.naturalWidth === 1 }"));
        var attachment = await visitor.DownloadAsync(() => visitor.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { NameRegex = new Regex("Save survey-notes.dat") }).ClickAsync());
        Assert.Equal(SHA256.HashData(mail.Attachment), SHA256.HashData(attachment));

        var opened = await OpenWithOpenSslAsync(account, vaultboxId, key, password);
        Assert.Equal(SHA256.HashData(mail.Bytes), SHA256.HashData(AddedLines.Remove(opened)));
    }

    private async Task SetAsync(Guid vaultboxId, string policy, string cipher)
    {
        await using var connection = new NpgsqlConnection(portal.Process.SuperuserConnectionString("motorical_encrypted_imap"));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand($"UPDATE vaultboxes SET header_policy = '{policy}', cipher = '{cipher}' WHERE id = '{vaultboxId}'", connection);
        Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<(byte[] Pkcs12, string Password)> ExportAsync(Visitor visitor)
    {
        var page = visitor.Page;
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Export the mail key" }).ClickAsync();
        await page.GetByLabel("Your passphrase, again", new() { Exact = true }).FillAsync(visitor.Passphrase);
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Make the file" }).ClickAsync();
        var password = (await page.Locator("vb-key-export output.vb-once-secret").InnerTextAsync()).Trim();
        var file = await visitor.DownloadAsync(() => page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { NameRegex = new Regex("^Save .*p12") }).ClickAsync());
        return (file, password);
    }

    private static async Task<byte[]> OpenWithOpenSslAsync(TestAccount account, Guid vaultboxId, byte[] pkcs12, string password)
    {
        var message = Assert.Single(await account.MessagesAsync(vaultboxId));
        var sealedMail = await account.DownloadAsync(message.GetProperty("id").GetString()!, "message/rfc822");
        var directory = Directory.CreateTempSubdirectory("portal-open-");
        try
        {
            var (mail, p12, pem) = (Path.Combine(directory.FullName, "mail.eml"), Path.Combine(directory.FullName, "key.p12"), Path.Combine(directory.FullName, "key.pem"));
            await File.WriteAllBytesAsync(mail, sealedMail);
            await File.WriteAllBytesAsync(p12, pkcs12);
            await Tool.RunAsync("openssl", ["pkcs12", "-in", p12, "-nodes", "-passin", $"pass:{password}", "-out", pem]);
            return await Tool.RunAsync("openssl", ["cms", "-decrypt", "-binary", "-inform", "SMIME", "-in", mail, "-recip", pem, "-inkey", pem]);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
