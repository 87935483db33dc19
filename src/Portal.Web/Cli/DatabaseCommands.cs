using System.CommandLine;
using Portal.Web.EmbeddedPostgres;
using Portal.Web.Provisioning.Databases;

namespace Portal.Web.Cli;

/// <summary>The verbs <c>migrate</c> and <c>check isolation</c>: both run the migrations console, which alone holds the owners' passwords.</summary>
internal static class DatabaseCommands
{
    public static Command CreateMigrate()
    {
        var database = new Argument<string>("DATABASE") { Description = "platform or vault." };
        database.AcceptOnlyFromAmong("platform", "vault");
        var migrate = new Command("migrate", "Brings one database to this version's schema.") { database };
        migrate.SetAction((parsed, cancellationToken) => RunAsync(parsed, [parsed.GetValue(database)!], cancellationToken));
        return migrate;
    }

    public static Command CreateCheck(Command audit, Command vault)
    {
        var isolation = new Command("isolation", "Proves by trying that no role leaves its database or its rights.");
        isolation.SetAction((parsed, cancellationToken) => RunAsync(parsed, ["check", "isolation"], cancellationToken));
        return new Command("check", "Checks of a running portal.") { isolation, audit, vault };
    }

    private static Task<int> RunAsync(ParseResult parsed, IReadOnlyList<string> verb, CancellationToken cancellationToken)
    {
        var data = DataDirectory.Open(parsed.GetValue(PortalCommands.Data));
        if (EmbeddedDatabases.FindRunning(data) is null || data.ReadPostgresPort() is not { } port)
            throw new SetupRefusedException($"No portal runs on {data.Location}. Start it with ./portal up, or name its data directory with --data DIR.");
        var console = new EmbeddedConsole(new MigrationsProcess(MigrationsProcess.DefaultAssembly), data, port);
        return console.RunAsync(verb, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellationToken);
    }
}
