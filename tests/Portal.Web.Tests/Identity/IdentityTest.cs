using Portal.Testing;

namespace Portal.Web.Tests.Identity;

/// <summary>A test with a running <see cref="IdentityHost"/>.</summary>
public abstract class IdentityTest(PostgresCluster cluster) : IAsyncLifetime
{
    private IdentityHost? host;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected IdentityHost Host => host!;

    public async ValueTask InitializeAsync() => host = await IdentityHost.StartAsync(cluster);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (host is not null)
            await host.DisposeAsync();
    }
}
