using System.Text.RegularExpressions;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Canary;

/// <summary>Nothing secret leaves the browser: every HTTP request and WebSocket frame of the whole journey is searched in every encoding.</summary>
public sealed class BrowserCanaryTests(SharedPortal portal, Chromium chromium)
{
    [Fact]
    public async Task Journey_FromKeysToReading_SendsNoSecret()
    {
        var account = await TestAccount.AddAsync(portal.Process, "canary@people.test");
        await using var visitor = await Visitor.ArriveAsync(chromium, portal.Url);
        var wire = Wire.Tap(visitor.Page);
        await visitor.SignInAsync(account);
        var vaultboxId = await visitor.NewVaultboxAsync("canary");
        await visitor.GoAsync($"/vaultboxes/{vaultboxId}/ready");
        await visitor.Page.GetByText("It works.").WaitForAsync();
        var mail = new AwkwardMail("canary@vault.test", AwkwardMail.NewMarker());
        await Senders.SendAsync("smtplib", portal.Process.IntakePort, "canary@vault.test", mail.Bytes);
        await visitor.GoAsync($"/vaultboxes/{vaultboxId}/activity");
        await visitor.InteractiveAsync();
        await visitor.OpenAsync(vaultboxId, AwkwardMail.Subject);
        await visitor.Page.FrameLocator("vb-message-frame iframe").GetByText(mail.Marker).First.WaitForAsync();

        string[] secrets = [visitor.Passphrase, .. KitForms.Of(visitor.Kit), mail.Marker, AwkwardMail.Subject, "Tomás Árendt"];
        Assert.Empty(await wire.LeaksAsync(secrets));
        // What came over the circuit was captured at all.
        Assert.True(wire.FrameCount > 0 && wire.RequestCount > 10);
    }

    [Fact]
    public async Task PlantedLeaks_OverHttpAndOverTheCircuit_AreCaught()
    {
        var account = await TestAccount.AddAsync(portal.Process, "planted@people.test");
        await using var visitor = await Visitor.ArriveAsync(chromium, portal.Url);
        var wire = Wire.Tap(visitor.Page);
        await visitor.SignInAsync(account);
        var (first, second) = (AwkwardMail.NewMarker(), AwkwardMail.NewMarker());

        // One hides in the body of a request, in base64 and out of phase; one is typed into a field of an interactive page.
        await visitor.Page.EvaluateAsync("secret => fetch('/api/v1/planted', { method: 'POST', body: btoa('x' + secret + 'yz') })", first);
        await visitor.GoAsync("/vaultboxes/new");
        await visitor.InteractiveAsync();
        await visitor.Page.GetByLabel("Address", new() { Exact = true }).FillAsync(second);
        await visitor.Page.GetByText(new Regex("is free|taken|cannot")).First.WaitForAsync();

        Assert.Contains(await wire.LeaksAsync([first]), leak => leak.Contains("base64", StringComparison.Ordinal));
        Assert.Contains(await wire.LeaksAsync([second]), leak => leak.StartsWith("frame", StringComparison.Ordinal));
    }
}
