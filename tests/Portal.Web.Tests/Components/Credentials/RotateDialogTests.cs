using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Testing;
using Portal.Vault.Credentials;
using Portal.Web.Components.Credentials;

namespace Portal.Web.Tests.Components.Credentials;

public sealed class RotateDialogTests(PostgresCluster cluster) : CredentialComponentTest(cluster)
{
    private DevicePassword made = null!;
    private bool undone;

    [Fact]
    public async Task Open_BeforeRotation_ChangesNothingAndListsWhoUsesIt()
    {
        var dialog = await OpenAsync();

        Assert.Equal("24 hours", dialog.WaitForElement("[aria-pressed=true]").TextContent);
        Assert.Equal(["laptop", "phone"], Clients(dialog));
        Assert.Empty(dialog.FindAll("#new-password, progress"));
        Assert.Null((await DetailAsync()).Device.PreviousValidUntil);
    }

    [Fact]
    public async Task Now_WithClients_WarnsOfTheirNumberAndKeepsNoOldPassword()
    {
        var dialog = await OpenAsync();
        dialog.WaitForElement(".clients li");

        await Button(dialog, "Now").ClickAsync(new());
        Assert.Contains("Stops 2 devices at once.", dialog.Find(".vb-alert-warn").TextContent, StringComparison.Ordinal);
        await Button(dialog, "Make new password").ClickAsync(new());

        dialog.WaitForElement("#new-password");
        Assert.Null((await DetailAsync()).Device.PreviousValidUntil);
        Assert.DoesNotContain("Undo rotation", dialog.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rotate_ForAnHour_ShowsTheNewPasswordAndWhoMovesWhileItIsOpen()
    {
        var dialog = await OpenAsync();
        dialog.WaitForElement(".clients li");
        await Button(dialog, "1 hour").ClickAsync(new());

        await Button(dialog, "Make new password").ClickAsync(new());
        dialog.WaitForElement("#new-password");
        Assert.Equal(Time.GetUtcNow().AddHours(1), (await DetailAsync()).Device.PreviousValidUntil);
        Assert.Contains("0 of 2 changed", dialog.Find(".clients").TextContent, StringComparison.Ordinal);
        await NoteUseAsync(made.Device.Id, "laptop");
        Time.Advance(RotateDialog.Refresh);

        dialog.WaitForAssertion(() => Assert.Contains("1 of 2 changed", dialog.Find(".clients").TextContent, StringComparison.Ordinal));
        Assert.Contains("New password", dialog.FindAll(".clients li").Single(li => li.TextContent.Contains("laptop", StringComparison.Ordinal)).TextContent, StringComparison.Ordinal);
        Assert.Contains("Still the old one", dialog.FindAll(".clients li").Single(li => li.TextContent.Contains("phone", StringComparison.Ordinal)).TextContent, StringComparison.Ordinal);
        Assert.Equal("1", dialog.Find("progress").GetAttribute("value"));
    }

    [Fact]
    public async Task Refresh_DatabaseDown_KeepsTheShownPassword()
    {
        var dialog = await OpenAsync();
        dialog.WaitForElement(".clients li");
        await Button(dialog, "Make new password").ClickAsync(new());
        dialog.WaitForElement("#new-password");
        var shown = dialog.Find("#new-password").TextContent;

        await Vault.GoDownAsync();
        Time.Advance(RotateDialog.Refresh);
        await Vault.GoUpAsync();
        await NoteUseAsync(made.Device.Id, "laptop");
        dialog.WaitForAssertion(() =>
        {
            Time.Advance(RotateDialog.Refresh);
            Assert.Contains("1 of 2 changed", dialog.Find(".clients").TextContent, StringComparison.Ordinal);
        });

        Assert.Equal(shown, dialog.Find("#new-password").TextContent);
    }

    [Theory]
    [InlineData("2026-12-24T10:42:00.000Z", true)]
    [InlineData("2026-12-24T10:43:00.000Z", false)]
    [InlineData("2026-11-24T10:41:00.000Z", false)]
    public async Task Choose_ATimeOfOnesOwn_IsTakenWithin30Days(string at, bool taken)
    {
        var dialog = await OpenAsync();
        dialog.WaitForElement(".clients li");

        await dialog.Find("vb-instant input[type=hidden]").ChangeAsync(new() { Value = at });

        Assert.Equal(taken, !Button(dialog, "Make new password").HasAttribute("disabled"));
        Assert.Equal(taken, !dialog.Find("#overlap-error").TextContent.Contains("within the next 30 days", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rotate_WithAnOldProof_KeepsTheChoiceAndGoesOnOnceConfirmed()
    {
        var dialog = await OpenAsync();
        dialog.WaitForElement(".clients li");
        await Button(dialog, "7 days").ClickAsync(new());
        MakeStale();

        await Button(dialog, "Make new password").ClickAsync(new());
        dialog.WaitForAssertion(() => Assert.Contains("Confirm that it is you.", dialog.Markup, StringComparison.Ordinal));
        SignInAs("user");

        dialog.WaitForElement("#new-password");
        Assert.Equal(Time.GetUtcNow().AddDays(7), (await DetailAsync()).Device.PreviousValidUntil);
    }

    [Fact]
    public async Task Open_AmidARotation_ShowsHowFarItIsAndWarnsBeforeAnother()
    {
        var dialog = await OpenAsync(rotated: true);

        dialog.WaitForAssertion(() => Assert.Contains("0 of 2 changed", dialog.Markup, StringComparison.Ordinal));
        Assert.Contains("Rotation of “Home devices”", dialog.Find("h2").TextContent, StringComparison.Ordinal);
        await Button(dialog, "Rotate again").ClickAsync(new());

        Assert.Contains("stops 2 devices that still have the older password", dialog.Find(".vb-alert-warn").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undo_AmidARotation_LeavesTheOldPasswordAlone()
    {
        var dialog = await OpenAsync(rotated: true);
        dialog.WaitForElement(".clients li");

        await Button(dialog, "Undo rotation").ClickAsync(new());

        dialog.WaitForAssertion(() => Assert.True(undone));
        Assert.Null((await DetailAsync()).Device.PreviousValidUntil);
    }

    private async Task<IRenderedComponent<RotateDialog>> OpenAsync(bool rotated = false)
    {
        var own = await MakeVaultboxAsync("mara");
        made = await MakeDeviceAsync(own.Id);
        await NoteUseAsync(made.Device.Id, "laptop");
        await NoteUseAsync(made.Device.Id, "phone");
        if (rotated)
            await RotateAsync(made.Device);
        var devices = Services.GetRequiredService<DeviceCredentials>().Of(own.Id);
        return Render<RotateDialog>(p => p
            .Add(d => d.Credentials, devices)
            .Add(d => d.Credential, DeviceCredentials.Shown(made.Device))
            .Add(d => d.OnUndone, () => undone = true));
    }

    private async Task<DeviceDetail> DetailAsync() =>
        (await Services.GetRequiredService<GetDevice>().HandleAsync(new GetDeviceRequest(Actor, made.Device.VaultboxId!.Value, made.Device.Id), Cancel)).Value!;

    private static IEnumerable<string> Clients(IRenderedComponent<RotateDialog> dialog) =>
        dialog.FindAll(".clients .who .vb-truncate").Select(name => name.TextContent).Order(StringComparer.Ordinal);
}
