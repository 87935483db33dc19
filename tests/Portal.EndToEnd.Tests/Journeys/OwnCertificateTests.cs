using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Journeys;

/// <summary>Keys and certificates made by openssl: uploaded through the page, as PEM and as a PKCS#7 bundle; mail opens with either, and a note proves it. Without a mouse.</summary>
public sealed class OwnCertificateTests(SharedPortal portal, Chromium chromium) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portal-own-");

    [Fact]
    public async Task OwnCertificates_PemAndBundle_OpenMailWithOpenSsl()
    {
        const string address = "own.certificate@vault.test";
        var account = await TestAccount.AddAsync(portal.Process, "own.certificate@people.test");
        var vaultbox = (await account.PostAsync("/api/v1/vaultboxes", new { domain = "vault.test", alias = "own.certificate" })).GetProperty("id").GetGuid();
        await MakeAsync("laptop", address);
        await MakeAsync("card", address);
        await Tool.RunAsync("openssl", ["crl2pkcs7", "-nocrl", "-certfile", At("card.pem"), "-outform", "DER", "-out", At("card.p7b")]);
        await using var visitor = await Visitor.ArriveToLookAsync(chromium, portal.Url);
        var page = visitor.Page;
        await visitor.SignInAsync(account);
        visitor.Watch((await File.ReadAllLinesAsync(At("laptop.key"), Cancel))[1..4]);

        await visitor.GoAsync($"/vaultboxes/{vaultbox}/keys/upload");
        await visitor.Keyboard.ChooseFilesAsync(Button(page, "Choose files"), [At("laptop.pem"), At("card.p7b"), At("laptop.key")]);
        await page.GetByText("It contains a private key").WaitForAsync();
        await Button(page, "Add all 2 good ones").WaitForAsync();
        await visitor.CheckAsync("keys-upload");
        await visitor.Keyboard.ActAsync(Button(page, "Add all 2 good ones"));
        await page.GetByText("2 certificates added.").WaitForAsync();
        await visitor.Keyboard.ActAsync(page.GetByRole(AriaRole.Link, new() { Name = "Continue" }));

        var mail = new AwkwardMail(address, AwkwardMail.NewMarker());
        visitor.Watch(mail.Marker);
        await Senders.SendAsync("swaks", portal.Process.IntakePort, address, mail.Bytes);
        var message = Assert.Single(await account.MessagesAsync(vaultbox));
        await File.WriteAllBytesAsync(At("mail.eml"), await account.DownloadAsync(message.GetProperty("id").GetString()!, "message/rfc822"), Cancel);
        foreach (var name in new[] { "laptop", "card" })
            Assert.Equal(mail.Bytes, AddedLines.Remove(await OpenAsync(name, "mail.eml")));

        await ProveAsync(visitor, vaultbox);
        await LookAtKeysAsync(visitor, vaultbox);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>The private part is elsewhere: the note is saved, opened there, and its code brought back.</summary>
    private async Task ProveAsync(Visitor visitor, Guid vaultbox)
    {
        var page = visitor.Page;
        await visitor.GoAsync($"/vaultboxes/{vaultbox}/keys");
        await visitor.InteractiveAsync();
        var keyboard = visitor.Keyboard;
        await keyboard.ActAsync(page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Prove it now") }).Last);
        await File.WriteAllBytesAsync(At("note.eml"), await visitor.DownloadAsync(() => keyboard.ActAsync(Button(page, "Save the test note"))), Cancel);
        var (exit, _, _) = await Tool.TryAsync("openssl", ["cms", "-decrypt", "-in", At("note.eml"), "-recip", At("laptop.pem"), "-inkey", At("laptop.key"), "-out", At("note.txt")]);
        if (exit != 0)
            await File.WriteAllBytesAsync(At("note.txt"), await OpenAsync("card", "note.eml"), Cancel);
        await keyboard.TypeAsync(page.GetByLabel("Code in the note"), (await File.ReadAllTextAsync(At("note.txt"), Cancel)).TrimEnd().Split('\n')[^1].Trim());
        await keyboard.ActAsync(Button(page, "Check the code"));
        await page.GetByText("This key works.").WaitForAsync();
        await visitor.CheckAsync("keys-proven");
        await keyboard.ActAsync(page.Locator("dialog footer").GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }));
        await page.Locator("td[data-label=Proven]").GetByText("today").WaitForAsync();
    }

    private static async Task LookAtKeysAsync(Visitor visitor, Guid vaultbox)
    {
        var page = visitor.Page;
        await visitor.CheckAsync("keys");
        await visitor.Keyboard.ActAsync(page.Locator("summary[aria-label^='More for']").First);
        await visitor.CheckAsync("keys-menu");
        await visitor.Keyboard.ActAsync(page.Locator("details[open]").GetByRole(AriaRole.Button, new() { Name = "Delete" }));
        await page.GetByText("also opens with another key").WaitForAsync();
        await visitor.CheckAsync("keys-delete");
        await visitor.Keyboard.ActAsync(Button(page, "Keep it"));
        await visitor.Keyboard.ActAsync(page.Locator("tbody a[href*='/keys/']").First);
        await page.GetByRole(AriaRole.Heading, new() { Name = "In hex" }).WaitForAsync();
        await visitor.CheckAsync("key-details");
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private Task<byte[]> MakeAsync(string name, string address) => Tool.RunAsync(
        "openssl",
        [
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", At($"{name}.key"), "-out", At($"{name}.pem"), "-days", "400",
            "-subj", $"/CN={name}", "-addext", $"subjectAltName=email:{address}", "-addext", "basicConstraints=critical,CA:FALSE",
            "-addext", "keyUsage=critical,digitalSignature,keyEncipherment", "-addext", "extendedKeyUsage=emailProtection",
        ]);

    private Task<byte[]> OpenAsync(string name, string file) => Tool.RunAsync(
        "openssl", ["cms", "-decrypt", "-binary", "-inform", "SMIME", "-in", At(file), "-recip", At($"{name}.pem"), "-inkey", At($"{name}.key")]);
}
