using Npgsql;
using Portal.Migrations;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
var console = new MigrationsConsole(new Settings(Environment.GetEnvironmentVariable), Console.Out, Console.Error);
try
{
    return await console.RunAsync(args, stop.Token);
}
catch (Exception failure) when (failure is NpgsqlException or MissingSettingException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 1;
}
