using AngleSharp.Dom;
using Bunit;
using Portal.Passwords;
using Portal.Testing;
using Portal.Web.Components.Vaultboxes;

namespace Portal.Web.Tests.Components.Credentials;

public sealed class NewCredentialDialogTests(PostgresCluster cluster) : CredentialComponentTest(cluster)
{
    [Fact]
    public async Task Create_Named_ShowsThePasswordOnceAndNeverAgain()
    {
        var page = await OpenDialogAsync();
        await MakeAsync(page, "Laptop");

        var password = PasswordOf(page.WaitForElement("#new-password"));
        Assert.Equal(password, GeneratedPassword.Canonical(password));
        Assert.Contains("Shown once.", page.Find("dialog").TextContent, StringComparison.Ordinal);
        Assert.Contains("mail.vault.test", page.Find("dialog .typed").TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Find("dialog svg[role=img]"));
        Assert.DoesNotContain(password, Navigation.Uri, StringComparison.Ordinal);
        Assert.True(Button(page, "Done").HasAttribute("disabled"));
        await page.Find("dialog input[type=checkbox]").ChangeAsync(new() { Value = true });
        await Button(page, "Done").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("dialog")));
        Assert.DoesNotContain(password[..20], page.Markup, StringComparison.Ordinal);
        Assert.Contains("Laptop", page.Find("tbody th").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Close_BeforeItIsSaved_AsksOnce()
    {
        var page = await OpenDialogAsync();
        await MakeAsync(page, "Laptop");
        page.WaitForElement("#new-password");

        await Dismiss(page).ClickAsync(new());
        Assert.Contains("The password is not shown again.", page.Find("dialog [role=alert]").TextContent, StringComparison.Ordinal);
        await Button(page, "Keep it open").ClickAsync(new());
        Assert.NotEmpty(page.FindAll("#new-password"));
        await Dismiss(page).ClickAsync(new());
        await Dismiss(page).ClickAsync(new());

        Assert.Empty(page.FindAll("dialog"));
    }

    [Fact]
    public async Task Hide_ThePassword_TakesItAndItsCodeOutOfSight()
    {
        var page = await OpenDialogAsync();
        await MakeAsync(page, "Laptop");
        page.WaitForElement("#new-password");

        await Button(page, "Hide").ClickAsync(new());

        Assert.True(page.Find("#new-password").HasAttribute("hidden"));
        Assert.Empty(page.FindAll("dialog svg[role=img]"));
        await Button(page, "Show").ClickAsync(new());
        Assert.False(page.Find("#new-password").HasAttribute("hidden"));
    }

    [Fact]
    public async Task Create_WithAnOldProof_KeepsWhatWasTypedAndGoesOnOnceConfirmed()
    {
        var page = await OpenDialogAsync();
        MakeStale();
        await MakeAsync(page, "Laptop");
        page.WaitForAssertion(() => Assert.Contains("Confirm that it is you.", page.Find("dialog").TextContent, StringComparison.Ordinal));
        Assert.Equal("Laptop", page.Find("#label").GetAttribute("value"));
        Assert.Equal("_blank", page.Find("dialog .vb-step-up-acts a").GetAttribute("target"));

        await Button(page, "Try again").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("Confirm that it is you.", page.Find("dialog").TextContent, StringComparison.Ordinal));
        SignInAs("user");

        page.WaitForElement("#new-password");
        Assert.Contains("Password for “Laptop”", page.Find("dialog h2").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_ExpiryInThePast_IsToldAtItsField()
    {
        var page = await OpenDialogAsync();

        await page.Find("vb-instant input[type=hidden]").ChangeAsync(new() { Value = "2026-11-23T12:00:00.000Z" });
        await page.Find("dialog form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("lies in the past", page.Find("#expires-error").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("#new-password"));
    }

    private async Task<IRenderedComponent<VaultboxDevicesPage>> OpenDialogAsync()
    {
        var own = await MakeVaultboxAsync("mara");
        var page = Render<VaultboxDevicesPage>(p => p.Add(v => v.Id, own.Id));
        await page.WaitForElement(".vb-empty button").ClickAsync(new());
        Assert.NotNull(page.Find("vb-modal > dialog[aria-labelledby=dialog-title]"));
        return page;
    }

    private static async Task MakeAsync(IRenderedComponent<VaultboxDevicesPage> page, string label)
    {
        await page.Find("#label").ChangeAsync(new() { Value = label });
        await page.Find("dialog form").SubmitAsync();
    }

    private static IElement Dismiss(IRenderedComponent<VaultboxDevicesPage> page) => page.Find("dialog [data-vb-dismiss]");

    private static string PasswordOf(IElement shown) => string.Concat(shown.TextContent.Where(c => !char.IsWhiteSpace(c)));
}
