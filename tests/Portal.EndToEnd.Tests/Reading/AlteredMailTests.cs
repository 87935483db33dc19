using System.Text;
using Microsoft.Playwright;
using Npgsql;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Reading;

/// <summary>Whoever has the databases changes what is stored: the browser tells, and shows nothing that was changed unless its reader asks for it.</summary>
public sealed class AlteredMailTests(SharedPortal portal, Chromium chromium) : IDisposable
{
    private const string Address = "altered@vault.test";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portal-altered-");

    [Fact]
    public async Task StoredMail_ChangedInTheDatabase_IsTold()
    {
        var account = await TestAccount.AddAsync(portal.Process, "altered@people.test");
        await using var visitor = await Visitor.ArriveToLookAsync(chromium, portal.Url);
        await visitor.SignInAsync(account);
        var vaultbox = await visitor.NewVaultboxAsync("altered");
        await ExecuteAsync($"UPDATE vaultboxes SET encrypted_mail = 'leave', cipher = 'aes-256-cbc' WHERE id = '{vaultbox}'");
        var marker = AwkwardMail.NewMarker();
        var (changed, unvouched) = (await SendAsync(account, vaultbox, Letter("Changed", marker)), await SendAsync(account, vaultbox, Letter("Without receipt", marker)));
        var kept = await SendAsync(account, vaultbox, await SealAsync(vaultbox, marker));

        // In the middle: one block of CBC turns into noise, and the rest would open.
        await ExecuteAsync($"UPDATE encrypted_emails SET body_encrypted = set_byte(body_encrypted, octet_length(body_encrypted) / 2, get_byte(body_encrypted, octet_length(body_encrypted) / 2) # 1) WHERE id = '{changed}'");
        await ExecuteAsync($"UPDATE encrypted_emails SET receipt = E'r\\u00e9\\r\\nSet-Cookie: a=b' WHERE id = '{unvouched}'");
        await ExecuteAsync($"UPDATE encrypted_emails SET subject_encrypted = NULL WHERE id = '{kept}'");
        var page = visitor.Page;

        await ReadAsTextAsync(visitor, vaultbox, changed, "Receipt doesn't match.", marker);
        await visitor.CheckAsync("mail-changed");
        await ReadAsTextAsync(visitor, vaultbox, unvouched, "This message has no receipt.", marker);
        await visitor.CheckAsync("mail-without-receipt");
        await ExecuteAsync($"UPDATE encrypted_emails SET receipt = '' WHERE id = '{unvouched}'");
        Assert.DoesNotContain("Vaultbox-Receipt", Encoding.UTF8.GetString(await account.DownloadAsync(unvouched, "message/rfc822")), StringComparison.Ordinal);
        await ReadAsync(visitor, vaultbox, kept);
        await page.GetByText("no receipt vouches for them").WaitForAsync();
        await page.Locator("vb-reader").GetByText(marker).WaitForAsync();
        await visitor.CheckAsync("mail-unproven-header");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task ReadAsync(Visitor visitor, Guid vaultbox, string message)
    {
        await visitor.GoAsync($"/mail/{vaultbox}/{message}");
        await visitor.UnlockIfLockedAsync();
    }

    /// <summary>Nothing of it before its reader asks, and then no HTML.</summary>
    private static async Task ReadAsTextAsync(Visitor visitor, Guid vaultbox, string message, string title, string marker)
    {
        var page = visitor.Page;
        await ReadAsync(visitor, vaultbox, message);
        await page.GetByRole(AriaRole.Heading, new() { Name = title }).WaitForAsync();
        Assert.DoesNotContain(marker, await page.ContentAsync(), StringComparison.Ordinal);
        await visitor.CheckAsync("mail-withheld");
        await visitor.Keyboard.ActAsync(page.GetByRole(AriaRole.Button, new() { Name = "Show it as text only" }));
        await page.Locator("vb-reader .vb-alert-error").Filter(new() { HasText = title }).WaitForAsync();
        Assert.Equal(0, await page.Locator("vb-message-frame").CountAsync());
    }

    private static byte[] Letter(string subject, string marker) => Encoding.ASCII.GetBytes(
        $"From: Tomas <tomas@sender.example>\r\nTo: {Address}\r\nSubject: {subject}\r\nContent-Type: text/html\r\n\r\n<p>{string.Concat(Enumerable.Repeat("A long letter.\r\n", 200))}</p><p>{marker}</p>\r\n");

    /// <summary>By its sender, for several senders: nothing of it is proven but what the receipt proves.</summary>
    private async Task<byte[]> SealAsync(Guid vaultbox, string marker)
    {
        await File.WriteAllTextAsync(At("box.pem"), await ScalarAsync($"SELECT pem_content FROM certificates WHERE vaultbox_id = '{vaultbox}' AND purpose = 'mail' AND certificate_type = 'public'"), Cancel);
        await File.WriteAllTextAsync(At("letter.txt"), $"Content-Type: text/plain; charset=utf-8\r\n\r\n{marker}\r\n", Cancel);
        return await Tool.RunAsync(
            "openssl",
            [
                "cms", "-encrypt", "-aes-256-cbc", "-in", At("letter.txt"), "-from", "Tomas <tomas@sender.example>, Ada <ada@sender.example>", "-to", Address,
                "-subject", "Sealed by its sender", "-recip", At("box.pem"), "-keyopt", "rsa_padding_mode:oaep", "-keyopt", "rsa_oaep_md:sha256",
            ]);
    }

    /// <returns>The id of the message that came.</returns>
    private async Task<string> SendAsync(TestAccount account, Guid vaultbox, byte[] mail)
    {
        await Senders.SendAsync("swaks", portal.Process.IntakePort, Address, mail);
        return (await account.MessagesAsync(vaultbox))[0].GetProperty("id").GetString()!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(portal.Process.SuperuserConnectionString("motorical_encrypted_imap"));
        await using var command = source.CreateCommand(sql);
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Cancel));
    }

    private async Task<string> ScalarAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(portal.Process.SuperuserConnectionString("motorical_encrypted_imap"));
        await using var command = source.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync(Cancel))!;
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
