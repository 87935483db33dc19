using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Npgsql;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Accounts;

/// <summary>An act on keys asks anew who is there when the last proof is old; what was typed is still there afterwards.</summary>
public sealed class StepUpTests(SharedPortal portal, Chromium chromium)
{
    [Fact]
    public async Task Certificate_WithAnOldProof_IsAddedOnceThePasswordWasGivenInAnotherTab()
    {
        var account = await TestAccount.AddAsync(portal.Process, "stepup.password@people.test");
        await using var visitor = await Visitor.ArriveAsync(chromium, portal.Url);
        var page = visitor.Page;
        await OpenKeysAsync(visitor, account, "stepup.password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use my own certificate" }).ClickAsync();
        var pem = Certificate();
        await page.GetByLabel("Or paste it").FillAsync(pem);
        await page.GetByRole(AriaRole.Button, new() { Name = "Check certificate" }).ClickAsync();
        await page.GetByLabel("Name").FillAsync("Work card");
        await MakeStaleAsync(account);

        await page.GetByRole(AriaRole.Button, new() { Name = "Add certificate" }).ClickAsync();
        await page.GetByText("Confirm that it is you.").WaitForAsync();
        Assert.Equal("Work card", await page.GetByLabel("Name").InputValueAsync());
        await visitor.CheckAsync("step-up-card");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await page.GetByText("Confirm that it is you.").WaitForAsync();

        var tab = await OpenConfirmationAsync(page);
        await tab.GetByLabel("Password", new() { Exact = true }).FillAsync(account.Password);
        await tab.GetByRole(AriaRole.Button, new() { Name = "Confirm", Exact = true }).ClickAsync();
        await tab.GetByText("You can close this tab.").WaitForAsync();

        await page.GetByText("Added. New mail is sealed to it from now on.").WaitForAsync();
        await Assertions.Expect(page.GetByText("Confirm that it is you.")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Keys_WithAnOldProof_AreStoredOnceAPasskeyConfirmed()
    {
        var account = await TestAccount.AddAsync(portal.Process, "stepup.passkey@people.test");
        await using var visitor = await Visitor.ArriveAsync(chromium, portal.Url);
        var page = visitor.Page;
        var authenticator = await VirtualAuthenticator.AttachAsync(page);
        await OpenKeysAsync(visitor, account, "stepup.passkey", () => PasskeyTests.EnrolAsync(visitor, "Laptop"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Suggest one" }).ClickAsync();
        await page.GetByLabel("Again").FillAsync((await page.Locator("output.vb-once-secret").InnerTextAsync()).Trim());
        await visitor.CopyKitAsync();
        await MakeStaleAsync(account);

        await page.GetByRole(AriaRole.Button, new() { Name = "Continue to device" }).ClickAsync();
        await page.GetByText("Confirm that it is you.").WaitForAsync();
        var tab = await OpenConfirmationAsync(page);
        await authenticator.CopyToAsync(tab);
        await tab.GetByRole(AriaRole.Button, new() { Name = "Confirm with a passkey" }).ClickAsync();
        await tab.GetByText("You can close this tab.").WaitForAsync();

        await page.WaitForURLAsync(new Regex("/device$"));
    }

    [Fact]
    public async Task Passkey_AddedWithAnOldProof_AsksOnAPageAndLeadsBack()
    {
        var account = await TestAccount.AddAsync(portal.Process, "stepup.page@people.test");
        await using var visitor = await Visitor.ArriveAsync(chromium, portal.Url, 390, "dark");
        var page = visitor.Page;
        await VirtualAuthenticator.AttachAsync(page);
        await visitor.SignInAsync(account);
        await visitor.GoAsync("/account/security");
        await MakeStaleAsync(account);

        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/account/confirm"));
        await visitor.CheckAsync("confirm");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(account.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm", Exact = true }).ClickAsync();

        await page.WaitForURLAsync(new Regex("/account/security$"));
        await PasskeyTests.EnrolAsync(visitor, "Phone");
    }

    private static async Task<IPage> OpenConfirmationAsync(IPage page) => await page.Context.RunAndWaitForPageAsync(
        () => page.GetByRole(AriaRole.Link, new() { Name = "Confirm in a new tab" }).ClickAsync());

    private static async Task OpenKeysAsync(Visitor visitor, TestAccount account, string alias, Func<Task>? before = null)
    {
        var vaultbox = await account.PostAsync("/api/v1/vaultboxes", new { domain = "vault.test", alias });
        await visitor.SignInAsync(account);
        if (before is not null)
            await before();
        await visitor.GoAsync($"/vaultboxes/{vaultbox.GetProperty("id").GetString()}/keys-setup");
        await visitor.Page.GetByText("Your keys are made. Now lock them.").WaitForAsync();
    }

    /// <summary>As eleven minutes would: the proof is too old, and every instance hears that the session changed.</summary>
    private async Task MakeStaleAsync(TestAccount account)
    {
        await using var connection = new NpgsqlConnection(portal.Process.SuperuserConnectionString("motorical_db"));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(
            """
            WITH stale AS (
                UPDATE sessions SET proved_at = proved_at - interval '11 minutes'
                WHERE user_id = (SELECT id FROM users WHERE email = $1) RETURNING id)
            SELECT pg_notify('platform_accounts', 'session:' || id) FROM stale
            """,
            connection);
        command.Parameters.Add(new() { Value = account.Email });
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static string Certificate()
    {
        using var rsa = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=work", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(300));
        return certificate.ExportCertificatePem() + "\n";
    }
}
