using System.Diagnostics;

namespace Portal.Web.EmbeddedPostgres;

/// <summary>What a program of PostgreSQL's answered.</summary>
/// <param name="Output">Standard output and standard error, in that order.</param>
internal sealed record ToolAnswer(int ExitCode, string Output)
{
    public bool Succeeded => ExitCode == 0;

    public bool Says(string text) => Output.Contains(text, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Runs initdb and pg_ctl, as the server's account, with an environment of our own making.</summary>
internal static class PostgresTool
{
    /// <param name="input">Written to standard input: the way for a password, which must stand on no command line.</param>
    public static async Task<ToolAnswer> RunAsync(
        ServerAccount account, string program, IEnumerable<string> arguments, string? input = null, CancellationToken cancellation = default)
    {
        var command = account.Wrap(program, arguments);
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        foreach (var argument in command.Skip(1))
            start.ArgumentList.Add(argument);
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        // Messages are read below, so they must be English.
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["LANGUAGE"] = "C";
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input.AsMemory(), cancellation);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return new ToolAnswer(process.ExitCode, await output + await error);
    }
}
