using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Web.Cli;

namespace Portal.Web.Tests.Cli;

public sealed class VaultCommandsTests : IAsyncLifetime
{
    private const string Policy = "default-src 'none'; sandbox";

    private readonly Dictionary<string, string> served = new(StringComparer.Ordinal)
    {
        ["manifest.json"] = "{}", ["vault.js"] = "open()", ["frame.html"] = "<!doctype html>",
    };

    private readonly DirectoryInfo built = Directory.CreateTempSubdirectory("vault-");
    private WebApplication? portal;
    private string policy = Policy;

    private string Address => portal!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public async ValueTask InitializeAsync()
    {
        foreach (var (name, text) in served)
            await File.WriteAllTextAsync(Path.Combine(built.FullName, name), text);
        await File.WriteAllTextAsync(Path.Combine(built.FullName, "frame.csp"), $"{Policy}\n");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        portal = builder.Build();
        portal.MapGet("/vault/{name}", (string name, HttpContext http) =>
        {
            http.Response.Headers.ContentSecurityPolicy = policy;
            return served.TryGetValue(name, out var text) ? Results.Text(text) : Results.NotFound();
        });
        await portal.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await portal!.DisposeAsync();
        built.Delete(recursive: true);
    }

    [Fact]
    public async Task Check_TheSameFiles_SaysSo()
    {
        var run = await RunAsync(Address);

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Contains("is the one that these sources build", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_AnotherScriptAMissingFileOrAWiderFrame_NamesEach()
    {
        served["vault.js"] = "open(); tell()";
        served.Remove("manifest.json");
        policy = Policy + " allow-scripts";

        var run = await RunAsync(Address);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("vault.js: served ", run.Output, StringComparison.Ordinal);
        Assert.Contains("manifest.json: not served (404)", run.Output, StringComparison.Ordinal);
        Assert.Contains("frame.html: its Content-Security-Policy is another", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_NobodyThereOrNoAddress_SaysSo()
    {
        await portal!.StopAsync(TestContext.Current.CancellationToken);

        Assert.Contains("(portal_unreachable)", (await RunAsync("http://127.0.0.1:9")).Error, StringComparison.Ordinal);
        Assert.Contains("is no address of a portal", (await RunAsync("mail.example.org")).Error, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(string address)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await new RootCommand { VaultCommands.CreateCheck(built.FullName) }.Parse(["vault", address])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, TestContext.Current.CancellationToken);
        return (exitCode, output.ToString(), error.ToString());
    }
}
