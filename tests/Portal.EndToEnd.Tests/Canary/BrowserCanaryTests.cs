using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
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

/// <summary>All that a page and its workers send and get: addresses, headers and bodies of requests, bodies of answers, frames both ways.</summary>
internal sealed class Wire
{
    private readonly List<(string Where, byte[] Bytes)> _sent = [];
    private readonly List<(string Where, byte[] Bytes)> _frames = [];
    private readonly List<Task> _answers = [];

    public int RequestCount
    {
        get
        {
            lock (_sent)
                return _sent.Count;
        }
    }

    public int FrameCount
    {
        get
        {
            lock (_frames)
                return _frames.Count;
        }
    }

    public static Wire Tap(IPage page)
    {
        var wire = new Wire();
        page.Context.Request += (_, request) => wire.Note(request);
        // A body is there once the request has finished; a stream of events never does, and holds ids alone.
        page.Context.RequestFinished += (_, request) =>
        {
            lock (wire._answers)
                wire._answers.Add(wire.NoteAnswerAsync(request));
        };
        page.WebSocket += (_, socket) =>
        {
            socket.FrameSent += (_, frame) => wire.NoteFrame(frame);
            socket.FrameReceived += (_, frame) => wire.NoteFrame(frame);
        };
        return wire;
    }

    public async Task<IReadOnlyList<string>> LeaksAsync(IReadOnlyList<string> secrets)
    {
        Task[] answers;
        lock (_answers)
            answers = [.. _answers];
        await Task.WhenAll(answers);
        List<(string Where, byte[] Bytes)> all;
        lock (_sent)
            all = [.. _sent];
        lock (_frames)
            all.AddRange(_frames);
        return [.. all.SelectMany(item => Encodings.Find(item.Bytes, secrets).Select(hit => $"{item.Where}: {hit}"))];
    }

    private void Note(IRequest request)
    {
        var text = new StringBuilder(request.Url);
        foreach (var (name, value) in request.Headers)
            text.Append('\n').Append(name).Append(": ").Append(value);
        lock (_sent)
        {
            _sent.Add(($"request {request.Method} {request.Url}", Encoding.UTF8.GetBytes(Uri.UnescapeDataString(text.ToString()))));
            if (request.PostDataBuffer is { } body)
                _sent.Add(($"body {request.Method} {request.Url}", body));
        }
    }

    private async Task NoteAnswerAsync(IRequest request)
    {
        try
        {
            if (await request.ResponseAsync() is not { } response)
                return;
            var body = await response.BodyAsync();
            lock (_sent)
                _sent.Add(($"answer {response.Url}", body));
        }
        catch (PlaywrightException)
        {
            // A redirect has no body, and that of a page left behind is gone.
        }
    }

    private void NoteFrame(IWebSocketFrame frame)
    {
        var bytes = frame.Binary ?? Encoding.UTF8.GetBytes(frame.Text ?? string.Empty);
        lock (_frames)
            _frames.Add(("frame", bytes));
    }
}
