using System.Text;
using Microsoft.Playwright;

namespace Portal.EndToEnd.Tests.Support;

/// <summary>
/// All that a page and its workers send and get: addresses, headers and bodies of requests, bodies of answers, frames both ways.
/// Scripts, styles and fonts that come are the same for everybody and are not kept.
/// </summary>
public sealed class Wire
{
    private static readonly string[] SameForEverybody = ["script", "stylesheet", "font"];

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
            if (SameForEverybody.Contains(request.ResourceType))
                return;
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
        var needles = Encodings.Of(secrets);
        return [.. all.SelectMany(item => Encodings.Find(item.Bytes, needles).Select(hit => $"{item.Where}: {hit}"))];
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
