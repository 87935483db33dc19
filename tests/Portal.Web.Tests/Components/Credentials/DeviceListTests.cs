using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Testing;
using Portal.Vault.Credentials;
using Portal.Web.Components.Layout;
using Portal.Web.Components.Vaultboxes;

namespace Portal.Web.Tests.Components.Credentials;

public sealed class DeviceListTests(PostgresCluster cluster) : CredentialComponentTest(cluster)
{
    [Fact]
    public async Task Open_NoDevice_InvitesWithOneButton()
    {
        var own = await MakeVaultboxAsync("mara");

        var page = Open(own.Id);

        Assert.Equal("New credential", page.WaitForElement(".vb-empty button").TextContent.Trim());
        Assert.Single(page.FindAll("button"), button => button.TextContent.Contains("New credential", StringComparison.Ordinal));
        Assert.Contains("mail.vault.test", page.Find("#smtp-host").TextContent, StringComparison.Ordinal);
        Assert.Equal(("2465", "2587"), (page.Find("#smtp-tls").TextContent, page.Find("#smtp-starttls").TextContent));
        Assert.DoesNotContain("IMAP", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_SomeoneElsesVaultbox_IsNotFound()
    {
        var theirs = await MakeVaultboxAsync("theirs", owner: Guid.NewGuid());
        var notFound = false;
        Navigation.OnNotFound += (_, _) => notFound = true;

        var page = Open(theirs.Id);

        page.WaitForAssertion(() => Assert.True(notFound));
        Assert.Empty(page.FindAll("button, table"));
    }

    [Fact]
    public async Task Open_Devices_SayWhoWhenFromWhereAndHowFarARotationIs()
    {
        var own = await MakeVaultboxAsync("mara");
        var bound = await MakeDeviceAsync(own.Id, "Office", ["192.0.2.0/24"]);
        var home = (await MakeDeviceAsync(own.Id)).Device;
        await NoteUseAsync(home.Id, "laptop");
        await NoteUseAsync(home.Id, "phone");
        await RotateAsync(home);
        await NoteUseAsync(home.Id, "laptop");

        var page = Open(own.Id);

        var rows = page.WaitForElements("tbody tr");
        Assert.Contains(bound.Device.Username, rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("only from 192.0.2.0/24", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Active", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("not used yet", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Rotating, 1 of 2 changed", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("old one stops Wed 25 Nov 2026, 10:42 UTC", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("laptop · 192.0.2.44", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Equal("2", page.Find(".vb-tab[aria-current=page] .vb-faint").TextContent);
    }

    [Fact]
    public async Task Open_Expired_SaysSo()
    {
        var own = await MakeVaultboxAsync("mara");
        await MakeDeviceAsync(own.Id, expiresAt: Time.GetUtcNow().AddMinutes(5));
        Time.Advance(TimeSpan.FromMinutes(6));

        var page = Open(own.Id);

        Assert.Contains("Expired", page.WaitForElement("tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_DatabaseDown_SaysSoWithAReference()
    {
        var own = await MakeVaultboxAsync("mara");
        await Vault.GoDownAsync();

        var page = Render<PageBoundary>(p => p.AddChildContent<DeviceList>(list => list.Add(l => l.VaultboxId, own.Id)));

        Assert.Contains("Reference", page.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
        await Vault.GoUpAsync();
    }

    [Fact]
    public async Task Rename_NewName_IsSavedAndSaid()
    {
        var own = await MakeVaultboxAsync("mara");
        await MakeDeviceAsync(own.Id);
        var page = Open(own.Id);
        page.WaitForElement("tbody tr");

        await Button(page, "Rename").ClickAsync(new());
        await page.Find("dialog #label").ChangeAsync(new() { Value = "Study" });
        await page.Find("dialog form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("Renamed to “Study”.", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Contains("Study", page.Find("tbody th").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("dialog"));
    }

    [Fact]
    public async Task Scope_WithHostBits_IsRefusedAtTheFieldThenSaved()
    {
        var own = await MakeVaultboxAsync("mara");
        await MakeDeviceAsync(own.Id);
        var page = Open(own.Id);
        page.WaitForElement("tbody tr");
        await Button(page, "Scope").ClickAsync(new());

        await page.Find("#networks").ChangeAsync(new() { Value = "192.0.2.7/24" });
        await page.Find("dialog form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("an address in a network", page.Find("#networks-error").TextContent, StringComparison.Ordinal));
        Assert.Equal("true", page.Find("#networks").GetAttribute("aria-invalid"));
        await page.Find("#networks").ChangeAsync(new() { Value = "192.0.2.0/24\n2001:db8::/32" });
        await page.Find("vb-instant input[type=hidden]").ChangeAsync(new() { Value = "2026-12-24T12:00:00.000Z" });
        await page.Find("dialog form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains(
            "only from 192.0.2.0/24 and 2001:db8::/32, until Thu 24 Dec 2026, 12:00 UTC", page.Find("tbody tr").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Revoke_WithClients_NamesTheirNumberAndTakesItAway()
    {
        var own = await MakeVaultboxAsync("mara");
        var made = await MakeDeviceAsync(own.Id);
        await NoteUseAsync(made.Device.Id, "laptop");
        await NoteUseAsync(made.Device.Id, "phone", "198.51.100.23");
        var page = Open(own.Id);
        page.WaitForElement("tbody tr");

        await Button(page, "Revoke").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("Signs out 2 devices now.", page.Find("dialog").TextContent, StringComparison.Ordinal));
        await Button(page, "Revoke credential").ClickAsync(new());

        page.WaitForElement(".vb-empty");
        Assert.Contains("is revoked.", page.Find(".vb-alert-ok").TextContent, StringComparison.Ordinal);
        Assert.Equal("0", page.Find(".vb-tab[aria-current=page] .vb-faint").TextContent);
    }

    [Fact]
    public async Task UndoRotation_WhileItCanBe_IsOfferedAndLeavesTheOldPasswordAlone()
    {
        var own = await MakeVaultboxAsync("mara");
        var made = await MakeDeviceAsync(own.Id);
        await RotateAsync(made.Device);
        var page = Open(own.Id);
        page.WaitForElement("tbody tr");

        await Button(page, "Undo rotation").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("Nobody has signed in with the new one yet.", page.Find("dialog").TextContent, StringComparison.Ordinal));
        await page.Find("dialog .vb-button-danger").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("Its old password is the only one again.", page.Find(".vb-alert-ok").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("Undo rotation", page.Markup, StringComparison.Ordinal);
        var detail = await Services.GetRequiredService<GetDevice>().HandleAsync(new GetDeviceRequest(Actor, own.Id, made.Device.Id), Cancel);
        Assert.Null(detail.Value!.Device.PreviousValidUntil);
    }

    private IRenderedComponent<VaultboxDevicesPage> Open(Guid id) => Render<VaultboxDevicesPage>(p => p.Add(v => v.Id, id));
}
