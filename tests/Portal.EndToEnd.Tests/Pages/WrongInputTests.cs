using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Pages;

/// <summary>Wrong input is told what is wrong, where it was typed; what must not leave the browser does not.</summary>
public sealed class WrongInputTests(SharedPortal portal, Chromium chromium)
{
    [Fact]
    public async Task Address_TakenReservedOrMalformed_IsToldWhileTyping()
    {
        var account = await TestAccount.AddAsync(portal.Process, "wrong.address@people.test");
        await account.PostAsync("/api/v1/vaultboxes", new { domain = "vault.test", alias = "already.there" });
        await using var visitor = await Visitor.ArriveAsync(chromium, portal.Url);
        await visitor.SignInAsync(account);
        await visitor.GoAsync("/vaultboxes/new");
        await visitor.InteractiveAsync();

        foreach (var (typed, told) in new[] { ("already.there", "already.there@vault.test is taken"), ("postmaster", "is reserved"), ("two words", "cannot stand in an address"), ("plus+tag", "starts a tag") })
        {
            await visitor.Page.GetByLabel("Address", new() { Exact = true }).FillAsync(typed);
            await visitor.Page.GetByText(told).WaitForAsync();
        }
    }

    [Fact]
    public async Task Passphrase_WeakOrMistyped_IsToldAndNothingIsStored()
    {
        var account = await TestAccount.AddAsync(portal.Process, "wrong.passphrase@people.test");
        var vaultbox = await account.PostAsync("/api/v1/vaultboxes", new { domain = "vault.test", alias = "wrong.passphrase" });
        await using var visitor = await Visitor.ArriveAsync(chromium, portal.Url);
        await visitor.SignInAsync(account);
        await visitor.GoAsync($"/vaultboxes/{vaultbox.GetProperty("id").GetString()}/keys-setup");
        var page = visitor.Page;
        await page.GetByText("Your keys are made. Now lock them.").WaitForAsync();
        await visitor.CopyKitAsync();

        await page.GetByLabel("Passphrase", new() { Exact = true }).FillAsync("short");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue to device" }).ClickAsync();
        await page.GetByText("Too short").WaitForAsync();
        await page.GetByLabel("Passphrase", new() { Exact = true }).FillAsync($"orbit {Guid.NewGuid():n}");
        await page.GetByLabel("Again").FillAsync("something else");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue to device" }).ClickAsync();
        await page.GetByText("The two don't match").WaitForAsync();

        var stored = await account.GetAsync($"/api/v1/vaultboxes/{vaultbox.GetProperty("id").GetString()}/certificates");
        Assert.Equal(0, stored.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Certificate_ExpiredOrTooSmall_IsRefusedWithItsReason()
    {
        var account = await TestAccount.AddAsync(portal.Process, "wrong.certificate@people.test");
        await using var visitor = await Visitor.ArriveAsync(chromium, portal.Url);
        await OpenUploadAsync(visitor, account, "wrong.certificate");

        foreach (var (bits, ends, told) in new[] { (2048, -40, "expired|ended"), (1024, 100, "1024") })
        {
            await visitor.Page.GetByLabel("Or paste it").FillAsync(Certificate(bits, ends));
            await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Check certificate" }).ClickAsync();
            await visitor.Page.Locator("vb-certificate-upload li[data-state=error]").GetByText(new Regex(told, RegexOptions.IgnoreCase)).First.WaitForAsync();
        }
    }

    [Fact]
    public async Task PrivateKey_PastedWithACertificate_IsRefusedBeforeAnythingIsSent()
    {
        var account = await TestAccount.AddAsync(portal.Process, "wrong.key@people.test");
        await using var visitor = await Visitor.ArriveAsync(chromium, portal.Url);
        var sent = new List<IRequest>();
        visitor.Page.Context.Request += (_, request) => sent.Add(request);
        await OpenUploadAsync(visitor, account, "wrong.key");
        using var rsa = RSA.Create(2048);
        var key = rsa.ExportPkcs8PrivateKeyPem();
        sent.Clear();

        await visitor.Page.GetByLabel("Or paste it").FillAsync(Certificate(2048, 100) + "\n" + key);
        await visitor.Page.Locator("vb-certificate-upload li[data-state=error]").GetByText(new Regex("private key", RegexOptions.IgnoreCase)).First.WaitForAsync();

        Assert.Equal(string.Empty, await visitor.Page.GetByLabel("Or paste it").InputValueAsync());
        Assert.DoesNotContain(sent, request => request.Method == "POST");
    }

    private static async Task OpenUploadAsync(Visitor visitor, TestAccount account, string alias)
    {
        var vaultbox = await account.PostAsync("/api/v1/vaultboxes", new { domain = "vault.test", alias });
        await visitor.SignInAsync(account);
        await visitor.GoAsync($"/vaultboxes/{vaultbox.GetProperty("id").GetString()}/keys-setup");
        await visitor.Page.GetByText("Your keys are made. Now lock them.").WaitForAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Use my own certificate" }).ClickAsync();
    }

    private static string Certificate(int bits, int endsInDays)
    {
        using var rsa = RSA.Create(bits);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=wrong", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(now.AddDays(-400), now.AddDays(endsInDays));
        return certificate.ExportCertificatePem() + "\n";
    }
}
