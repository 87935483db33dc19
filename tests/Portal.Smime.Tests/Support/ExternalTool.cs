using System.Diagnostics;

namespace Portal.Smime.Tests.Support;

/// <summary>Runs a program of others, with its own folder and nothing of the user's settings.</summary>
internal static class ExternalTool
{
    /// <returns>Null when it ended with an error; its words are then in <paramref name="errors"/>.</returns>
    public static byte[]? TryRun(string program, IEnumerable<string> arguments, string? input, IReadOnlyDictionary<string, string>? environment, out string errors)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        using var output = new MemoryStream();
        var reading = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        errors = reading.GetAwaiter().GetResult();
        return process.ExitCode == 0 ? output.ToArray() : null;
    }

    public static byte[] Run(string program, IEnumerable<string> arguments, string? input = null, IReadOnlyDictionary<string, string>? environment = null) =>
        TryRun(program, arguments, input, environment, out var errors) ?? throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {errors}");
}
