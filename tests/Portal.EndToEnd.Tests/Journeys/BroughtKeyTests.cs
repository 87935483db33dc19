using Microsoft.Playwright;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Journeys;

/// <summary>
/// Somebody comes from another mail program: the key is brought as the file that it saved, mail that senders seal to it stays as it came, opens
/// although it was sealed in the old way, and shows by whom it was signed. Without a mouse.
/// </summary>
public sealed class BroughtKeyTests(SharedPortal portal, Chromium chromium) : IDisposable
{
    private const string Address = "brought@vault.test";
    private const string Subject = "An old letter";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portal-brought-");
    private readonly string _password = AwkwardMail.NewMarker();
    private readonly string _marker = AwkwardMail.NewMarker();

    [Fact]
    public async Task BroughtKey_SignedMailSealedInTheOldWay_OpensAndTellsItsSigner()
    {
        await MakeAsync("brought", Address, "keyEncipherment");
        await MakeAsync("tomas", "tomas@sender.example", "digitalSignature");
        await Tool.RunAsync("openssl", ["pkcs12", "-export", "-in", At("brought.pem"), "-inkey", At("brought.key"), "-out", At("brought.p12"), "-passout", $"pass:{_password}"]);
        var account = await TestAccount.AddAsync(portal.Process, "brought@people.test");
        await using var visitor = await Visitor.ArriveToLookAsync(chromium, portal.Url);
        await visitor.SignInAsync(account);
        var vaultbox = await visitor.NewVaultboxAsync("brought");
        visitor.Watch([_password, _marker, .. (await File.ReadAllLinesAsync(At("brought.key"), Cancel))[1..4]]);

        await BringAsync(visitor, vaultbox);
        await LeaveEncryptedMailAsync(visitor, vaultbox);
        await Senders.SendAsync("swaks", portal.Process.IntakePort, Address, await WriteAsync());
        await ReadAsync(visitor, vaultbox);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task BringAsync(Visitor visitor, Guid vaultbox)
    {
        var (page, keyboard) = (visitor.Page, visitor.Keyboard);
        await visitor.GoAsync($"/vaultboxes/{vaultbox}/keys/add");
        var form = page.GetByRole(AriaRole.Form, new() { Name = "Key from a file" });
        await keyboard.ChooseFilesAsync(form.GetByRole(AriaRole.Button, new() { Name = "Choose files" }), [At("brought.p12")]);
        var password = form.GetByLabel("Password of the file", new() { Exact = true });
        await keyboard.TypeAsync(password, "of another file");
        await keyboard.ActAsync(Button(page, "Lock and store the key"));
        await form.Locator(".vb-field-error").Filter(new() { HasText = "password" }).WaitForAsync();
        await visitor.CheckAsync("keys-bring-wrong-password");
        await keyboard.TypeAsync(password, _password);
        await keyboard.ActAsync(Button(page, "Lock and store the key"));
        await page.GetByText("The key is locked and stored").WaitForAsync();
        await visitor.CheckAsync("keys-brought");
    }

    private static async Task LeaveEncryptedMailAsync(Visitor visitor, Guid vaultbox)
    {
        var (page, keyboard) = (visitor.Page, visitor.Keyboard);
        await visitor.GoAsync($"/vaultboxes/{vaultbox}/settings");
        await visitor.InteractiveAsync();
        await keyboard.TabToAsync(page.GetByLabel("Seal it again"));
        await page.Keyboard.PressAsync("ArrowDown");
        await keyboard.ActAsync(Button(page, "Save sealing"));
        await page.GetByText("Saved").First.WaitForAsync();
    }

    private async Task ReadAsync(Visitor visitor, Guid vaultbox)
    {
        var (page, keyboard) = (visitor.Page, visitor.Keyboard);
        await visitor.GoAsync($"/mail/{vaultbox}");
        await visitor.UnlockIfLockedAsync();
        var list = page.Locator("vb-mail-list [role=grid]");
        await keyboard.MoveToAsync(list, list.Locator("[role=row]").Filter(new() { HasText = Subject }).First);
        await keyboard.EnterAsync();
        await keyboard.ActAsync(Button(page, "Open old message"));
        await visitor.CheckAsync("mail-old-message");
        await keyboard.TypeAsync(page.GetByLabel("Your passphrase, again", new() { Exact = true }), visitor.Passphrase);
        await keyboard.ActAsync(Button(page, "Open it"));
        await page.Locator("vb-reader").GetByText(_marker).WaitForAsync();
        var signature = page.Locator(".vb-signature summary");
        await Assertions.Expect(signature).ToContainTextAsync("Signed by tomas");
        await keyboard.ActAsync(signature);
        await page.Locator(".vb-signature-facts").GetByText("Unchanged since it was signed").WaitForAsync();
        await visitor.CheckAsync("mail-signed");
    }

    /// <summary>Signed, then sealed with RSAES-PKCS1-v1_5 alone, as most mail programs do.</summary>
    private async Task<byte[]> WriteAsync()
    {
        await File.WriteAllTextAsync(At("letter.txt"), $"Content-Type: text/plain; charset=utf-8\r\n\r\n{_marker}\r\n", Cancel);
        await Tool.RunAsync("openssl", ["cms", "-sign", "-in", At("letter.txt"), "-signer", At("tomas.pem"), "-inkey", At("tomas.key"), "-out", At("signed.eml")]);
        return await Tool.RunAsync(
            "openssl",
            ["cms", "-encrypt", "-aes-256-cbc", "-in", At("signed.eml"), "-from", "Tomas <tomas@sender.example>", "-to", Address, "-subject", Subject, At("brought.pem")]);
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private Task<byte[]> MakeAsync(string name, string address, string usage) => Tool.RunAsync(
        "openssl",
        [
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", At($"{name}.key"), "-out", At($"{name}.pem"), "-days", "400",
            "-subj", $"/CN={name}", "-addext", $"subjectAltName=email:{address}", "-addext", "basicConstraints=critical,CA:FALSE",
            "-addext", $"keyUsage=critical,{usage}", "-addext", "extendedKeyUsage=emailProtection",
        ]);
}
