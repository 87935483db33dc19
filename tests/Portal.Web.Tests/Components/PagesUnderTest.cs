using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Portal.Web.Components.Account;
using Portal.Web.Provisioning;

namespace Portal.Web.Tests.Components;

internal static class PagesUnderTest
{
    /// <summary>What the host registers beside the two databases.</summary>
    internal static void AddPagesUnderTest(this IServiceCollection services)
    {
        services.AddSingleton<CheckAddress>().AddSingleton<ProvisionVaultbox>();
        services.AddSingleton<IServer, UnboundServer>().AddSingleton<ServerChecks>();
    }

    private sealed class UnboundServer : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
            // Nothing is bound.
        }
    }
}
