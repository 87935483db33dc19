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
    /// <summary>Runs a verb's body on fresh services; a database that does not answer is told in words, not as a stack trace.</summary>
    public static async Task<int> OnServicesAsync(
        CommandServices services, ParseResult parsed, Func<IServiceProvider, Task<int>> body, CancellationToken cancellationToken)
    {
        try
        {
            await using var provider = await services(parsed, cancellationToken);
            return await body(provider);
        }
        catch (Exception fault) when (PlatformDatabase.IsUnavailable(fault))
        {
            return await ReportAsync(parsed, $"The database does not answer. Is the portal running? ({fault.GetBaseException().Message})", 1);
        }
    }

    public static Task<int> RefuseAsync(ParseResult parsed, Failure failure) => ReportAsync(parsed, $"{failure.Detail} ({failure.Code})", 1);

    public static async Task<int> ReportAsync(ParseResult parsed, string text, int exitCode = 0)
    {
        await parsed.InvocationConfiguration.Error.WriteLineAsync(text);
        return exitCode;
    }
}
