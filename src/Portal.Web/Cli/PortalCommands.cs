using System.CommandLine;

namespace Portal.Web.Cli;

/// <summary>The command line: <c>up</c> runs the portal, <c>open</c> reads one message on its own, the other verbs work on the databases of a running portal.</summary>
internal static class PortalCommands
{
    public static Option<string?> Data { get; } = new("--data")
    {
        Description = "The data directory. Without it: /var/lib/vaultbox-portal for root, else ~/.local/share/vaultbox-portal.", Recursive = true,
    };

    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand("Vaultbox Portal: mail sealed to your key the moment it arrives.")
        {
            Data,
            UpCommand.Create(),
            AccountCommands.CreateUser(CommandHost.PlatformServicesAsync, Console.In),
            DomainCommands.Create(CommandHost.PlatformServicesAsync),
            AccountCommands.CreateToken(CommandHost.PlatformServicesAsync),
            DatabaseCommands.CreateMigrate(),
            DatabaseCommands.CreateCheck(
                AuditCommands.CreateCheck(CommandHost.PlatformServicesAsync), VaultCommands.CreateCheck(Path.Combine(AppContext.BaseDirectory, "wwwroot", "vault"))),
            OpenCommand.Create(Console.In),
        };
        var parsed = root.Parse(arguments);
        // The host ends on Ctrl-C by itself, in its own time: mail that has been received is finished first.
        var invocation = new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
        try
        {
            return await parsed.InvokeAsync(invocation);
        }
        catch (Exception refused) when (CommandHost.IsForTheOperator(refused))
        {
            await Console.Error.WriteLineAsync(CommandHost.Explain(refused));
            return 1;
        }
    }
}
