using System.CommandLine;
using Portal.Platform;

namespace Portal.Web.Cli;

/// <summary>Makes the services that a verb works with, from the parsed command line (data directory, configuration).</summary>
internal delegate ValueTask<ServiceProvider> CommandServices(ParseResult parsed, CancellationToken cancellationToken);

/// <summary>
/// How every verb ends: what it made goes to standard output, all other text to standard error.
/// Exit code 0 done, 1 refused or failed; the parser itself answers wrong usage.
/// </summary>
internal static class CommandRun
{
    public static Task<int> RefuseAsync(ParseResult parsed, Failure failure) => ReportAsync(parsed, $"{failure.Detail} ({failure.Code})", 1);

    public static async Task<int> ReportAsync(ParseResult parsed, string text, int exitCode = 0)
    {
        await parsed.InvocationConfiguration.Error.WriteLineAsync(text);
        return exitCode;
    }
}
