using Microsoft.AspNetCore.Components;
using Portal.Web.Components.Shared;
using Portal.Web.Provisioning.Databases;

namespace Portal.Web.Components.Admin;

/// <summary>Both databases side by side, for admins; to anyone else it is not there.</summary>
public sealed partial class HealthPage
{
    private DatabaseHealth? health;
    private DateTimeOffset now;

    [Inject]
    private GetDatabaseHealth GetDatabaseHealth { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private IEnumerable<(string Database, IsolationFact Fact)> Isolation =>
        new[] { ("Platform:", health!.PlatformReport), ("Vault:", health.VaultReport) }
            .SelectMany(side => (side.Item2.Facts?.Isolation ?? []).Select(fact => (side.Item1, fact)));

    protected override async Task OnInitializedAsync()
    {
        now = Time.GetUtcNow();
        health = (await GetDatabaseHealth.HandleAsync(await SignedIn.ActorAsync(), Leaving)).Value;
        if (health is null)
            Navigation.NotFound();
    }
}
