using Bunit;
using Portal.Testing;
using Portal.Web.Components.Account.Security;

namespace Portal.Web.Tests.Components.Account;

public sealed class PasskeysSectionTests(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    private static readonly Guid PasskeyId = Guid.Parse("7d3a4c1e-0000-4000-8000-00000000000a");

    [Fact]
    public void Section_WithoutPasskeys_LeavesAddingHiddenForTheScript()
    {
        var section = Render<PasskeysSection>();

        Assert.Equal("None", section.Find(".vb-card-head .vb-chip").TextContent.Trim());
        Assert.True(section.Find("form[data-vb-passkey=create]").HasAttribute("hidden"));
        Assert.True(section.Find("[data-vb-passkey-codes]").HasAttribute("hidden"));
        Assert.Equal("/account/passkeys.js", section.Find("script").GetAttribute("src"));
    }

    [Fact]
    public async Task Section_WithAPasskey_NamesItAndLeadsToItsChange()
    {
        await GivePasskeyAsync();

        var section = Render<PasskeysSection>();

        section.WaitForAssertion(() => Assert.Equal("Laptop", section.Find(".name").TextContent));
        Assert.Contains("not used yet", section.Find("li").TextContent, StringComparison.Ordinal);
        Assert.Equal($"/account/security?passkey={PasskeyId}", section.Find("a[aria-label='Change Laptop']").GetAttribute("href"));
    }

    [Fact]
    public async Task Remove_TheOnlyFactorBesideAShortPassword_SaysWhyNot()
    {
        await GivePasskeyAsync();
        await Platform.ExecuteAsync("UPDATE users SET password_stands_alone = false");
        Navigation.NavigateTo($"/account/security?passkey={PasskeyId}");
        var section = Render<PasskeysSection>();
        section.WaitForElement("input[name='Input.Name']");
        section.Instance.Input = new PasskeyInput { Passkey = PasskeyId };

        await section.FindAll("form")[1].SubmitAsync();

        section.WaitForAssertion(() => Assert.Contains("too short to stand alone", section.Find("[role=alert].vb-alert").TextContent, StringComparison.Ordinal));
        Assert.Equal(1L, await Platform.ScalarAsync<long>("SELECT count(*) FROM passkeys"));
    }

    [Fact]
    public async Task Rename_ToAnotherName_ShowsIt()
    {
        await GivePasskeyAsync();
        Navigation.NavigateTo($"/account/security?passkey={PasskeyId}");
        var section = Render<PasskeysSection>();
        section.WaitForElement("input[name='Input.Name']");
        section.Instance.Input = new PasskeyInput { Passkey = PasskeyId, Name = "Key ring" };

        await section.FindAll("form")[0].SubmitAsync();

        section.WaitForAssertion(() => Assert.Equal("Key ring", section.Find(".name").TextContent));
    }

    private async Task GivePasskeyAsync()
    {
        await Platform.ExecuteAsync($"INSERT INTO users (id, email, email_verified) VALUES ('{UserId}', 'mara.lindqvist@vault.test', true)");
        await Platform.ExecuteAsync(
            $"""
             INSERT INTO passkeys (id, user_id, credential_id, public_key, name, sign_count, transports, is_user_verified, is_backup_eligible, is_backed_up,
                 attestation_object, client_data_json)
             VALUES ('{PasskeyId}', '{UserId}', '\x01', '\x00', 'Laptop', 0, '{Transports}', true, false, false, '\x00', '\x00')
             """);
    }

    private const string Transports = "{internal}";
}
