using System.Text.Json;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Reading;

/// <summary>The vault's own reader of CMS with the WebCrypto of a real browser, which has not all that Node has.</summary>
public sealed class BrowserMatrixTests(SharedPortal portal, Chromium chromium) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portal-matrix-");

    [Fact]
    public async Task Open_AllThatOpenSslMakes_SameBytesOrItsTypedError()
    {
        await Tool.RunAsync("node", [Path.Combine(Repository.Root, "wwwroot-assets", "tests", "browser", "make.mjs"), _folder.FullName]);
        var vectors = JsonDocument.Parse(await File.ReadAllBytesAsync(At("vectors.json"), TestContext.Current.CancellationToken)).RootElement;
        await using var visitor = await Visitor.ArriveAsync(chromium, portal.Url);
        // Any page of an origin that may use WebCrypto.
        await visitor.GoAsync("/account/sign-in");
        await visitor.Page.EvaluateAsync(await File.ReadAllTextAsync(At("open.js"), TestContext.Current.CancellationToken));

        var wrong = new List<string>();
        foreach (var vector in vectors.EnumerateArray())
        {
            var outcome = await visitor.Page.EvaluateAsync<string>("vector => openSealed(JSON.parse(vector))", vector.GetRawText());
            if (outcome != vector.GetProperty("expected").GetString())
                wrong.Add($"{vector.GetProperty("name").GetString()}: {outcome}");
        }

        Assert.True(vectors.GetArrayLength() > 90);
        Assert.Empty(wrong);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
