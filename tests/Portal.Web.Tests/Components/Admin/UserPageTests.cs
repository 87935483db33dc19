using Bunit;
using Portal.Platform.Accounts;
using Portal.Testing;
using Portal.Web.Components.Admin;

namespace Portal.Web.Tests.Components.Admin;

public sealed class UserPageTests(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    private const string RoleSection = "section[aria-labelledby=role-title] form";
    private const string SuspendSection = "section[aria-labelledby=suspend-title] form";
    private const string FactorSection = "section[aria-labelledby=factor-title] form";
    private const string RestoreSection = "section[aria-labelledby=restore-title] form";

    private static readonly Guid Anna = Guid.Parse("7d3a4c1e-0000-4000-8000-000000000004");

    [Theory]
    [InlineData("user")]
    [InlineData("support")]
    public async Task Open_NotAnAdmin_LooksAsIfItWereNotThere(string role)
    {
        await AddAsync(Anna, "anna@people.test");
        SignInAs(role);
        var notFound = false;
        Navigation.OnNotFound += (_, _) => notFound = true;

        var page = Open();

        page.WaitForAssertion(() => Assert.True(notFound));
        Assert.Empty(page.FindAll("h1, form"));
    }

    [Fact]
    public void Open_UnknownAccount_LooksAsIfItWereNotThere()
    {
        SignInAs("admin");
        var notFound = false;
        Navigation.OnNotFound += (_, _) => notFound = true;

        var page = Open();

        page.WaitForAssertion(() => Assert.True(notFound));
        Assert.Empty(page.FindAll("h1, form"));
    }

    [Fact]
    public async Task Open_Account_ShowsItsFactsAndBothForms()
    {
        await AddAsync(Anna, "anna@people.test");
        await Platform.ExecuteAsync(
            $"""
             INSERT INTO sessions (user_id, auth_method, proved_at, last_seen_at, expires_at)
             VALUES ('{Anna}', 'password', '{Time.GetUtcNow():O}', '{Time.GetUtcNow():O}', '{Time.GetUtcNow().AddDays(1):O}');
             INSERT INTO api_tokens (user_id, name, prefix, token_hash, scopes)
             SELECT '{Anna}', 'Script', 'vbp_a', decode(repeat('0' || i, 32), 'hex'), ARRAY['*'] FROM generate_series(1, 2) i
             """);
        SignInAs("admin");

        var page = Open();

        Assert.Equal("Active", page.WaitForElement(".vb-page-head .vb-chip-ok").TextContent);
        var facts = page.Find("dl").TextContent;
        Assert.Contains("anna@people.test, not verified", facts, StringComparison.Ordinal);
        Assert.Contains("1 session, 2 API tokens", facts, StringComparison.Ordinal);
        Assert.DoesNotContain("Locked", facts, StringComparison.Ordinal);
        Assert.Equal("User", page.Find($"{RoleSection} option[selected]").TextContent);
        Assert.Contains("Ends 1 session and stops 2 API tokens.", page.Find(SuspendSection).TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(RestoreSection));
    }

    [Fact]
    public async Task Open_LockedAndAskedToBeDeleted_SaysBoth()
    {
        await AddAsync(Anna, "anna@people.test");
        await Platform.ExecuteAsync($"UPDATE users SET lockout_end = '{Time.GetUtcNow().AddMinutes(5):O}', deletion_due_at = '{Time.GetUtcNow().AddDays(30):O}'");
        SignInAs("admin");

        var page = Open();

        Assert.Equal("Asked to be deleted", page.WaitForElement(".vb-page-head .vb-chip-warn").TextContent);
        Assert.Contains("until Tue 24 Nov 2026, 10:47 UTC", page.Find("dl").TextContent, StringComparison.Ordinal);
        Assert.Contains("due 24 Dec 2026", page.Find("dl").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_TheOnlyAdmin_OffersNoAct()
    {
        await AddAsync(UserId, "mara.lindqvist@vault.test", "admin");
        SignInAs("admin");

        var page = Open(UserId);

        Assert.Contains("The only active admin.", page.WaitForElement("section[aria-labelledby=role-title]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    public async Task Open_OneselfBesideAnotherAdmin_OffersTheRoleAndNoSuspension()
    {
        await AddAsync(UserId, "mara.lindqvist@vault.test", "admin");
        await AddAsync(Anna, "anna@people.test", "admin");
        SignInAs("admin");

        var page = Open(UserId);

        page.WaitForElement(RoleSection);
        Assert.Single(page.FindAll("form"));
    }

    [Fact]
    public async Task ChangeRole_ToAnother_SaysBeforeAndAfter()
    {
        await AddAsync(Anna, "anna@people.test");
        SignInAs("admin");
        var page = Open();
        page.WaitForElement(RoleSection);
        page.Instance.RoleInput = new RoleForm { Role = Role.Support };

        await page.Find(RoleSection).SubmitAsync();

        page.WaitForAssertion(() => Assert.EndsWith($"/admin/users/{Anna}?done=role&was=User", Navigation.Uri, StringComparison.Ordinal));
        var after = Open();
        Assert.Contains("The role was User and is Support now.", after.WaitForElement("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Contains("From Support to", after.Find(RoleSection).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChangeRole_ToNone_SaysWhatThereIs()
    {
        await AddAsync(Anna, "anna@people.test");
        SignInAs("admin");
        var page = Open();

        await page.WaitForElement(RoleSection).SubmitAsync();

        Assert.Contains("Choose User, Support or Admin.", page.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChangeRole_WithAnOldProof_GoesToConfirmAndComesBack()
    {
        await AddAsync(Anna, "anna@people.test");
        SignInAs("admin");
        Navigation.NavigateTo($"/admin/users/{Anna}");
        var page = Open();
        page.WaitForElement(RoleSection);
        page.Instance.RoleInput = new RoleForm { Role = Role.Admin };
        Time.Advance(TimeSpan.FromMinutes(11));

        await page.Find(RoleSection).SubmitAsync();

        page.WaitForAssertion(() => Assert.EndsWith($"/account/confirm?returnUrl=%2Fadmin%2Fusers%2F{Anna}", Navigation.Uri, StringComparison.Ordinal));
        Assert.Equal("user", await Platform.ScalarAsync<string>("SELECT role FROM users"));
    }

    [Theory]
    [InlineData("role&was=Emperor")]
    [InlineData("suspended")]
    [InlineData("everything")]
    public async Task Done_ThatIsNotSo_IsNotSaid(string done)
    {
        await AddAsync(Anna, "anna@people.test");
        SignInAs("admin");
        Navigation.NavigateTo($"/admin/users/{Anna}?done={done}");

        var page = Open();

        page.WaitForElement(RoleSection);
        Assert.Empty(page.FindAll("[role=status]"));
    }

    [Theory]
    [InlineData(" ")]
    [InlineData(null)]
    public async Task Suspend_WithoutAReason_AsksForOne(string? reason)
    {
        await AddAsync(Anna, "anna@people.test");
        SignInAs("admin");
        var page = Open();
        page.WaitForElement(SuspendSection);
        page.Instance.SuspendInput = new ReasonForm { Reason = reason };

        await page.Find(SuspendSection).SubmitAsync();

        Assert.Contains("Say in a few words why.", page.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("active", await Platform.ScalarAsync<string>("SELECT status FROM users"));
    }

    [Fact]
    public async Task ResetFactor_OfAnAccountWithOne_SaysWhatIsGone()
    {
        await AddAsync(Anna, "anna@people.test");
        await Platform.ExecuteAsync(
            $"""
             INSERT INTO passkeys (user_id, credential_id, public_key, name, sign_count, transports, is_user_verified, is_backup_eligible, is_backed_up, attestation_object, client_data_json)
             VALUES ('{Anna}', '\x01', '\x01', 'key', 0, ARRAY[]::text[], true, false, false, '\x01', '\x01')
             """);
        SignInAs("admin");
        var page = Open();
        page.WaitForElement(FactorSection);

        await page.Find(FactorSection).SubmitAsync();
        Assert.Contains("Say how you made sure that the owner asks.", page.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
        page.Instance.FactorInput = new ReasonForm { Reason = "Called back" };
        await page.Find(FactorSection).SubmitAsync();

        page.WaitForAssertion(() => Assert.EndsWith("?done=factor", Navigation.Uri, StringComparison.Ordinal));
        var after = Open();
        Assert.Contains("The second factor is gone", after.WaitForElement("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Empty(after.FindAll(FactorSection));
    }

    [Fact]
    public async Task SuspendAndRestore_InTurn_ShowTheReasonAndTheOtherForm()
    {
        await AddAsync(Anna, "anna@people.test");
        SignInAs("admin");
        var page = Open();
        page.WaitForElement(SuspendSection);
        page.Instance.SuspendInput = new ReasonForm { Reason = "Her laptop was stolen" };

        await page.Find(SuspendSection).SubmitAsync();

        page.WaitForAssertion(() => Assert.EndsWith("?done=suspended", Navigation.Uri, StringComparison.Ordinal));
        var suspended = Open();
        Assert.Contains("The account is suspended.", suspended.WaitForElement("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Her laptop was stolen", suspended.Find("dl").TextContent, StringComparison.Ordinal);
        Assert.Empty(suspended.FindAll(SuspendSection));

        await suspended.Find(RestoreSection).SubmitAsync();

        suspended.WaitForAssertion(() => Assert.EndsWith("?done=restored", Navigation.Uri, StringComparison.Ordinal));
        var restored = Open();
        Assert.Contains("The account is active again.", restored.WaitForElement("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Her laptop", restored.Find("dl").TextContent, StringComparison.Ordinal);
        Assert.Empty(restored.FindAll(RestoreSection));
    }

    [Fact]
    public async Task Suspend_SuspendedMeanwhile_SaysThatItIsNotThere()
    {
        await AddAsync(Anna, "anna@people.test");
        SignInAs("admin");
        var page = Open();
        page.WaitForElement(SuspendSection);
        page.Instance.SuspendInput = new ReasonForm { Reason = "Twice" };
        await Platform.ExecuteAsync("UPDATE users SET status = 'suspended'");

        await page.Find(SuspendSection).SubmitAsync();

        Assert.Contains("There is nothing here by that name", page.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    private IRenderedComponent<UserPage> Open(Guid? id = null) => Render<UserPage>(p => p.Add(page => page.Id, id ?? Anna));

    private Task AddAsync(Guid id, string email, string role = "user") =>
        Platform.ExecuteAsync($"INSERT INTO users (id, email, role) VALUES ('{id}', '{email}', '{role}')");
}
