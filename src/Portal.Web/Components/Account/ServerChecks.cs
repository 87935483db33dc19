using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Portal.Platform.Health;
using Portal.Vault.Health;

namespace Portal.Web.Components.Account;

/// <param name="IsCode">The detail is a fingerprint.</param>
public sealed record ServerFact(bool IsGood, string Title, string Detail, bool IsCode = false);

/// <summary>What set-up says about the server: only what was just looked at.</summary>
public sealed class ServerChecks(CheckPlatform platform, CheckVault vault, IServer server)
{
    internal async Task<IReadOnlyList<ServerFact>> RunAsync(CancellationToken cancellationToken)
    {
        var platformHealth = await platform.ExecuteAsync(cancellationToken);
        var vaultHealth = await vault.HandleAsync(cancellationToken);
        return [Databases(platformHealth, vaultHealth), Listeners()];
    }

    private static ServerFact Databases(PlatformHealth platform, VaultHealth vault) => (platform.Healthy, vault.IsUp) switch
    {
        (true, true) => new ServerFact(true, "Two databases, kept apart", "platform and vault answer"),
        (false, true) => new ServerFact(false, "The platform database has a problem", platform.Problem ?? "It does not answer."),
        (true, false) => new ServerFact(false, "The vault database does not answer", "Mail is held up until it does."),
        _ => new ServerFact(false, "Neither database answers", "Mail is held up until they do."),
    };

    private ServerFact Listeners()
    {
        var ports = (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
            .Select(address => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.Port : 0)
            .Where(port => port > 0).Distinct().Order()
            .Select(port => port.ToString(CultureInfo.InvariantCulture)).ToList();
        return ports.Count == 0
            ? new ServerFact(false, "Nothing listens", "No port is bound.")
            : new ServerFact(true, "Listening", $"on ports {string.Join(", ", ports)}");
    }
}
