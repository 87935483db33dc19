using Npgsql;
using Testcontainers.PostgreSql;

namespace Portal.Testing;

/// <summary>PostgreSQL in a container, for machines that have an engine.</summary>
internal sealed class ContainerServer : ITestServer
{
    private readonly PostgreSqlContainer _container;

    private ContainerServer(PostgreSqlContainer container) => _container = container;

    public static bool IsUsable =>
        !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DOCKER_HOST")) || File.Exists("/var/run/docker.sock");

    public static async Task<ContainerServer> StartAsync()
    {
        var container = new PostgreSqlBuilder("postgres:17")
            .WithUsername("postgres")
            .WithCommand("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=on")
            .Build();
        await container.StartAsync();
        return new ContainerServer(container);
    }

    public string SuperuserConnectionString(string database) => new NpgsqlConnectionStringBuilder(_container.GetConnectionString())
    {
        Database = database,
        Pooling = false,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;

    public ValueTask DisposeAsync() => _container.DisposeAsync();
}
