using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Accounts;

/// <summary>A portal where anybody may sign up, with a smart host whose mail the tests read.</summary>
public sealed class OpenPortal : IAsyncLifetime
{
    public PortalProcess Process { get; private set; } = null!;

    public TestMailServer Mail { get; } = new();

    public TestAccount Admin { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Process = await PortalProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Portal:SignUp:Mode"] = "Open",
            ["Portal:Platform:AttemptsPerAddress"] = "1000",
            ["Portal:Platform:AttemptsPerNetwork"] = "1000",
            ["Portal:SystemMail:Host"] = "localhost",
            ["Portal:SystemMail:Port"] = Mail.Port.ToString(CultureInfo.InvariantCulture),
            ["Portal:SystemMail:Security"] = "None",
            ["Portal:SystemMail:From"] = "Vaultbox <portal@vault.test>",
        });
        Admin = await TestAccount.AddAsync(Process, "root@vault.test", "admin");
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await Mail.DisposeAsync();
    }
}

/// <summary>How an account comes to be and stays reachable: with mail as it arrives, and without script.</summary>
public sealed class SignUpTests(OpenPortal portal, Chromium chromium) : IClassFixture<OpenPortal>
{
    [Theory]
    [InlineData(true, 1440, "light")]
    [InlineData(false, 390, "dark")]
    public async Task Invite_FromTheAdminsFormToTheAccount_WorksOnce(bool script, int width, string scheme)
    {
        var guest = $"guest{width}@people.test";
        var password = Guid.NewGuid().ToString("n");
        await using var admin = await Visitor.ArriveAsync(chromium, portal.Process.Url, width, scheme, script);
        await admin.SignInAsync(portal.Admin);
        await admin.GoAsync("/admin/invites");
        await LookAsync(admin, "invites-before", script);
        await admin.Page.GetByLabel("E-mail", new() { Exact = true }).FillAsync(guest);
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Send invitation" }).ClickAsync();
        var shown = await admin.Page.Locator("#invite-link").InnerTextAsync();
        await LookAsync(admin, "invites-created", script);
        var link = await portal.Mail.ReadLinkAsync(guest, "You are invited");
        Assert.EndsWith(link, shown, StringComparison.Ordinal);

        await using var visitor = await Visitor.ArriveAsync(chromium, portal.Process.Url, width, scheme, script);
        await visitor.GoAsync(link);
        await LookAsync(visitor, "invite", script);
        await visitor.Page.GetByLabel("Password", new() { Exact = true }).FillAsync("short");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        await visitor.Page.GetByText("Use at least 15 characters").WaitForAsync();
        await visitor.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        await visitor.Page.WaitForURLAsync(Visitor.Inside);
        await SeesAccountAsync(visitor, guest);

        await visitor.GoAsync(link);
        await visitor.Page.GetByText("This link has ended").WaitForAsync();
        await admin.GoAsync("/admin/invites");
        await admin.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = guest }).GetByText("Accepted").WaitForAsync();
    }

    [Theory]
    [InlineData(true, 1440, "dark")]
    [InlineData(false, 390, "light")]
    public async Task SignUp_WithTheMailedLinkAndThePassword_SignsIn(bool script, int width, string scheme)
    {
        var email = $"new{width}@people.test";
        var password = Guid.NewGuid().ToString("n");
        await using var visitor = await Visitor.ArriveAsync(chromium, portal.Process.Url, width, scheme, script);
        await visitor.GoAsync("/account/sign-in");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Make an account" }).ClickAsync();
        await LookAsync(visitor, "sign-up", script);
        await visitor.Page.GetByLabel("E-mail").FillAsync(email);
        await visitor.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        await visitor.Page.GetByText("Look at your mail").WaitForAsync();
        await LookAsync(visitor, "sign-up-sent", script);
        var link = await portal.Mail.ReadLinkAsync(email, "Confirm your address");

        // Not before the address is proved.
        await visitor.GoAsync("/account/sign-in");
        await SubmitSignInAsync(visitor, email, password);
        await visitor.Page.GetByText("That didn’t match.").WaitForAsync();

        await visitor.GoAsync(link);
        await LookAsync(visitor, "verify", script);
        await visitor.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Confirm and sign in" }).ClickAsync();
        await visitor.Page.WaitForURLAsync(Visitor.Inside);
        await SeesAccountAsync(visitor, email);
    }

    [Theory]
    [InlineData(true, 1440, "light")]
    [InlineData(false, 390, "dark")]
    public async Task Reset_ByMail_EndsOldSessionsAndTheOldPassword(bool script, int width, string scheme)
    {
        var account = await TestAccount.AddAsync(portal.Process, $"forgetful{width}@people.test");
        var password = Guid.NewGuid().ToString("n");
        await using var old = await Visitor.ArriveAsync(chromium, portal.Process.Url);
        await old.SignInAsync(account);
        await using var visitor = await Visitor.ArriveAsync(chromium, portal.Process.Url, width, scheme, script);
        await visitor.GoAsync("/account/sign-in");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Forgot your password?" }).ClickAsync();
        await visitor.Page.GetByText("Resets sign-in. Your mail still needs your passphrase or kit.").WaitForAsync();
        await LookAsync(visitor, "forgot", script);
        await visitor.Page.GetByLabel("E-mail").FillAsync(account.Email);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Send the link" }).ClickAsync();
        await visitor.Page.GetByText("Look at your mail").WaitForAsync();

        await visitor.GoAsync(await portal.Mail.ReadLinkAsync(account.Email, "Set a new password"));
        await LookAsync(visitor, "reset", script);
        await visitor.Page.GetByLabel("New password", new() { Exact = true }).FillAsync(password);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Set the password" }).ClickAsync();
        await visitor.Page.GetByText("The new password is set").WaitForAsync();
        await LookAsync(visitor, "sign-in-after-reset", script);

        await SubmitSignInAsync(visitor, account.Email, account.Password);
        await visitor.Page.GetByText("That didn’t match.").WaitForAsync();
        await SubmitSignInAsync(visitor, account.Email, password);
        await visitor.Page.WaitForURLAsync(Visitor.Inside);
        await old.GoAsync("/account");
        await old.Page.WaitForURLAsync(new Regex("/account/sign-in"));
        await portal.Mail.ReadAsync(account.Email, "Your password was changed");
    }

    [Fact]
    public async Task ChangeEmail_ByTheLinkToTheNewAddress_TellsTheOldOneTwice()
    {
        var account = await TestAccount.AddAsync(portal.Process, "before@people.test");
        await using var visitor = await Visitor.ArriveAsync(chromium, portal.Process.Url);
        await visitor.SignInAsync(account);
        await visitor.GoAsync("/account/security");
        await visitor.Page.GetByLabel("New address", new() { Exact = true }).FillAsync("after@people.test");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Change address" }).ClickAsync();
        await visitor.Page.GetByText("A link is on its way to the new address.").WaitForAsync();
        await LookAsync(visitor, "security-email-pending", script: true);
        Assert.Contains("cancel the change", await portal.Mail.ReadAsync(account.Email, "Your address is about to change"), StringComparison.Ordinal);

        await visitor.GoAsync(await portal.Mail.ReadLinkAsync("after@people.test", "Confirm your new address"));
        await LookAsync(visitor, "change-email", script: true);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Confirm the new address" }).ClickAsync();
        await visitor.Page.GetByText("Your address is changed").WaitForAsync();

        Assert.Contains("a…@people.test", await portal.Mail.ReadAsync(account.Email, "Your address was changed"), StringComparison.Ordinal);
        await SeesAccountAsync(visitor, "after@people.test");
    }

    private static async Task SubmitSignInAsync(Visitor visitor, string email, string password)
    {
        await visitor.Page.GetByLabel("E-mail").FillAsync(email);
        await visitor.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }

    private static async Task SeesAccountAsync(Visitor visitor, string email)
    {
        await visitor.GoAsync("/account");
        await visitor.Page.Locator("main").GetByText(email, new() { Exact = true }).First.WaitForAsync();
    }

    /// <summary>Judging a page takes script of its own.</summary>
    private static Task LookAsync(Visitor visitor, string name, bool script) => script ? visitor.CheckAsync(name) : Task.CompletedTask;
}
