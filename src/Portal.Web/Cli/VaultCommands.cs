using System.CommandLine;
using System.Security.Cryptography;
using Portal.Platform;

namespace Portal.Web.Cli;

/// <summary>
/// The verb <c>check vault</c>: whether a portal serves the vault that these sources build. It is for somebody who does not run that portal,
/// with a build of their own; it says what is served now, to whoever asks.
/// </summary>
internal static class VaultCommands
{
    private const string Frame = "frame.html";

    /// <summary>What the header of <see cref="Frame"/> says; no file that is served.</summary>
    private const string FramePolicy = "frame.csp";

    private const string Manifest = "manifest.json";

    /// <param name="built">Where the vault of this build lies.</param>
    public static Command CreateCheck(string built)
    {
        var address = new Argument<Uri>("URL") { Description = "The portal, as https://mail.example.org.", CustomParser = result => Address(result.Tokens[0].Value, result.AddError) };
        var check = new Command("vault", "Compares the scripts that a portal serves for reading mail with those of this build.") { address };
        check.SetAction(async (parsed, cancellationToken) =>
        {
            var found = await DifferencesAsync(parsed.GetValue(address)!, built, cancellationToken);
            if (!found.Succeeded)
                return await CommandRun.RefuseAsync(parsed, found.Failure);
            var output = parsed.InvocationConfiguration.Output;
            foreach (var difference in found.Value)
                await output.WriteLineAsync(difference);
            await output.WriteLineAsync(found.Value.Count == 0
                ? $"The vault at {parsed.GetValue(address)} is the one that these sources build."
                : $"The vault at {parsed.GetValue(address)} is not the one that these sources build. Is this the version that it runs?");
            return found.Value.Count == 0 ? 0 : 1;
        });
        return check;
    }

    private static async Task<Outcome<IReadOnlyList<string>>> DifferencesAsync(Uri portal, string built, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(built, Manifest)))
            return new Failure("vault_not_built", $"There is no built vault in {built}. Run ./portal check vault from the sources.");
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = portal, Timeout = TimeSpan.FromSeconds(30) };
        var differences = new List<string>();
        try
        {
            foreach (var path in Directory.EnumerateFiles(built).Where(path => Path.GetExtension(path) is ".js" or ".html" or ".json").Order(StringComparer.Ordinal))
            {
                if (await DifferenceAsync(http, path, cancellationToken) is { } difference)
                    differences.Add($"{Path.GetFileName(path)}: {difference}");
            }
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new Failure("portal_unreachable", $"{portal} does not answer: {fault.GetBaseException().Message}");
        }

        return differences;
    }

    private static async Task<string?> DifferenceAsync(HttpClient http, string path, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(path);
        using var answer = await http.GetAsync(new Uri($"/vault/{name}", UriKind.Relative), cancellationToken);
        if (!answer.IsSuccessStatusCode)
            return $"not served ({(int)answer.StatusCode})";
        var (served, own) = (await answer.Content.ReadAsByteArrayAsync(cancellationToken), await File.ReadAllBytesAsync(path, cancellationToken));
        if (!served.AsSpan().SequenceEqual(own))
            return $"served {Convert.ToHexStringLower(SHA256.HashData(served))}, built {Convert.ToHexStringLower(SHA256.HashData(own))}";
        if (!string.Equals(name, Frame, StringComparison.Ordinal))
            return null;
        var policy = (await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(path)!, FramePolicy), cancellationToken)).Trim();
        return answer.Headers.TryGetValues("Content-Security-Policy", out var header) && string.Equals(string.Join(", ", header), policy, StringComparison.Ordinal)
            ? null
            : "its Content-Security-Policy is another";
    }

    private static Uri? Address(string text, Action<string> refuse)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http")
            return address;
        refuse($"{text} is no address of a portal. Write it as https://mail.example.org.");
        return null;
    }
}
