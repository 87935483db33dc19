using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Portal.Vault;

namespace Portal.Migrations.Vault;

/// <summary>Makes the context for <c>dotnet ef</c>, which never connects when it scaffolds, and for the migration run.</summary>
public sealed class VaultContextFactory : IDesignTimeDbContextFactory<VaultContext>
{
    public VaultContext CreateDbContext(string[] args) => Create("Host=localhost");

    /// <param name="connectionString">Of the owner role: the only one that may alter tables.</param>
    public static VaultContext Create(string connectionString) => new(new DbContextOptionsBuilder<VaultContext>()
        .UseNpgsql(connectionString, npgsql => npgsql.MigrationsAssembly(typeof(VaultContextFactory).Assembly.GetName().Name))
        .UseSnakeCaseNamingConvention()
        .Options);
}
