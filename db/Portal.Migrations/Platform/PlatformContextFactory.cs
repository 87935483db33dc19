using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Portal.Platform;

namespace Portal.Migrations.Platform;

/// <summary>Makes the context for <c>dotnet ef</c>, which never connects when it scaffolds, and for the migration run.</summary>
public sealed class PlatformContextFactory : IDesignTimeDbContextFactory<PlatformContext>
{
    public PlatformContext CreateDbContext(string[] args) => Create("Host=localhost");

    /// <param name="connectionString">Of the owner role: the only one that may alter tables.</param>
    public static PlatformContext Create(string connectionString)
    {
        var builder = new DbContextOptionsBuilder<PlatformContext>();
        builder.UsePlatformDatabase(connectionString, typeof(PlatformContextFactory).Assembly.GetName().Name);
        return new PlatformContext(builder.Options);
    }
}
