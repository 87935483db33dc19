using Portal.Databases;
using Portal.Migrations.Platform;
using Portal.Migrations.Vault;

namespace Portal.Migrations;

/// <summary>The verbs of this console. It is the only program that makes roles, databases and tables; the portal starts it as a child and never holds its credentials.</summary>
internal sealed class MigrationsConsole(Settings settings, TextWriter output, TextWriter error)
{
    private const string Usage =
        $"""
        Portal.Migrations provision          makes the roles and both databases
            {Settings.Superuser}, {Settings.Secrets}, {Settings.Dedicated} (true|false)
        Portal.Migrations platform [--list]  migrates the platform database
            {Settings.PlatformOwner}
        Portal.Migrations vault [--list]     migrates the vault database
            {Settings.VaultOwner}
        Portal.Migrations check isolation    proves that no role leaves its database or its rights
            {Settings.Platform}, {Settings.Vault}, {Settings.Secrets}
        Each setting is an environment variable, or a file that the same name with File after it points to.
        """;

    /// <returns>The exit code: 0 done, 1 not, 2 not understood.</returns>
    public async Task<int> RunAsync(string[] arguments, CancellationToken cancellation) => arguments switch
    {
        ["provision"] => await ProvisionAsync(cancellation),
        ["platform"] => await MigrateAsync(Platform(), cancellation),
        ["platform", "--list"] => await ListAsync(Platform(), cancellation),
        ["vault"] => await MigrateAsync(Vault(), cancellation),
        ["vault", "--list"] => await ListAsync(Vault(), cancellation),
        ["check", "isolation"] => await CheckIsolationAsync(cancellation),
        _ => await NotUnderstoodAsync(),
    };

    private (DatabaseLayout Layout, MigrateDatabase Migrate) Platform()
    {
        var owner = settings.Require(Settings.PlatformOwner);
        return (DatabaseLayout.Platform, new MigrateDatabase(DatabaseLayout.Platform, () => PlatformContextFactory.Create(owner)));
    }

    private (DatabaseLayout Layout, MigrateDatabase Migrate) Vault()
    {
        var owner = settings.Require(Settings.VaultOwner);
        return (DatabaseLayout.Vault, new MigrateDatabase(DatabaseLayout.Vault, () => VaultContextFactory.Create(owner)));
    }

    private async Task<int> ProvisionAsync(CancellationToken cancellation)
    {
        var superuser = settings.Require(Settings.Superuser);
        await new ProvisionServer(superuser).RunAsync(settings.PasswordFiles(), settings.IsDedicated, cancellation);
        await output.WriteLineAsync($"Roles and databases are in place: {DatabaseLayout.Platform.Database}, {DatabaseLayout.Vault.Database}.");
        return 0;
    }

    private async Task<int> MigrateAsync((DatabaseLayout Layout, MigrateDatabase Migrate) target, CancellationToken cancellation)
    {
        var report = await target.Migrate.RunAsync(cancellation);
        if (report.Unknown.Count > 0)
        {
            await error.WriteLineAsync(
                $"{target.Layout.Database} was migrated by a newer version of the portal ({string.Join(", ", report.Unknown)}). Start that version, or restore a backup of before. Nothing was changed.");
            return 1;
        }
        await output.WriteLineAsync(report.Applied.Count == 0
            ? $"{target.Layout.Database} is up to date."
            : $"{target.Layout.Database} migrated: {string.Join(", ", report.Applied)}.");
        return 0;
    }

    private async Task<int> ListAsync((DatabaseLayout Layout, MigrateDatabase Migrate) target, CancellationToken cancellation)
    {
        foreach (var (name, applied) in await target.Migrate.ListAsync(cancellation))
            await output.WriteLineAsync($"{(applied ? "applied" : "pending")}  {name}");
        return 0;
    }

    private async Task<int> CheckIsolationAsync(CancellationToken cancellation)
    {
        var owners = File.Exists(Path.Combine(settings.Require(Settings.Secrets), DatabaseLayout.OwnersFile));
        var check = new CheckIsolation(settings.AsRole(Settings.Platform), settings.AsRole(Settings.Vault), output);
        var failures = await check.RunAsync(owners, cancellation);
        await output.WriteLineAsync(failures == 0
            ? "Every role stays within its database and its rights."
            : $"{failures} attempts did not end as they must.");
        return failures == 0 ? 0 : 1;
    }

    private async Task<int> NotUnderstoodAsync()
    {
        await error.WriteLineAsync(Usage);
        return 2;
    }
}
