using System.Diagnostics;
using Portal.Web.EmbeddedPostgres;

namespace Portal.Web.Provisioning.Databases;

/// <summary>Runs the migrations console as a child process: it alone connects as superuser or owner, so this process never does.</summary>
/// <param name="assembly">Path of Portal.Migrations.dll; the build lays it into <c>migrations</c> beside the portal.</param>
internal sealed class MigrationsProcess(string assembly)
{
    public static string DefaultAssembly => Path.Combine(AppContext.BaseDirectory, "migrations", "Portal.Migrations.dll");

    /// <param name="settings">Environment variables of the console's own; it gets none but these, PATH and what .NET needs.</param>
    /// <param name="output">Gets what it prints, line by line.</param>
    /// <returns>Its exit code and what it said on standard error.</returns>
    public async Task<(int ExitCode, string Error)> RunAsync(
        IReadOnlyList<string> verb, IReadOnlyDictionary<string, string> settings, TextWriter output, CancellationToken cancellation)
    {
        if (!File.Exists(assembly))
            throw new SetupRefusedException($"The migrations console is not at {assembly}. Build the portal with ./portal up, or set Portal:Migrations:Assembly.");
        var start = new ProcessStartInfo(DotnetHost()) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(assembly);
        foreach (var word in verb)
            start.ArgumentList.Add(word);
        foreach (var inherited in start.Environment.Keys.Where(key => key.StartsWith("Portal", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(inherited);
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            while (await process.StandardOutput.ReadLineAsync(cancellation) is { } line)
                await output.WriteLineAsync(line);
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
        return (process.ExitCode, (await error).Trim());
    }

    /// <summary>The runtime that runs this process, or the one on the PATH when this is a program of its own.</summary>
    private static string DotnetHost() =>
        string.Equals(Path.GetFileName(Environment.ProcessPath), "dotnet", StringComparison.Ordinal) ? Environment.ProcessPath! : "dotnet";
}
