using Bunit;
using Microsoft.AspNetCore.Components;
using Npgsql;
using Portal.Testing;
using Portal.Vault.ProcessingLog;
using Portal.Vault.Vaultboxes;
using Portal.Web.Components.Aliases;
using Portal.Web.Components.Home;
using Portal.Web.Components.Keys;
using Portal.Web.Components.Layout;
using Portal.Web.Components.Log;
using Portal.Web.Components.Notices;
using Portal.Web.Components.Sending;
using Portal.Web.Components.Vaultboxes;

namespace Portal.Web.Tests.Components.Shared;

/// <summary>Each part of a page that loads, on the ways that loading can go: it fails and says so, it takes its time and says so, it is there.</summary>
public sealed class LoadedPartsTests(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    private static readonly Dictionary<string, Part> Parts = new(StringComparer.Ordinal)
    {
        ["Loading keys"] = Of<KeysTab>("certificates", (box, part) => part.Add(p => p.Vaultbox, box)),
        ["Loading the vaultbox"] = Of<VaultboxKeysPage>("vaultboxes", (box, part) => part.Add(p => p.Id, box.Id)),
        ["Loading the vaultbox, on the way to a device"] = Of<DeviceSetupPage>("vaultboxes", (box, part) => part.Add(p => p.Id, box.Id)),
        ["Loading the key"] = Of<KeyPage>("certificates", (box, part) => part.Add(p => p.Id, box.Id).Add(p => p.KeyId, Guid.NewGuid())),
        ["Loading activity"] = Of<ActivityList>("email_processing_logs", (box, part) => part
            .Add(p => p.VaultboxId, box.Id).Add(p => p.Query, LogQuery.Parse(null, null, null, null, null)).Add(p => p.UrlOf, (_, _) => "/")),
        ["Loading the trace"] = Of<TracePanel>("email_processing_logs", (_, part) => part.Add(p => p.PassportId, Guid.NewGuid()).Add(p => p.CloseHref, "/")),
        ["Loading addresses"] = Of<AliasBrowser>("aliases", (box, part) => part.Add(p => p.Vaultbox, box)),
        ["Loading credentials"] = Of<DeviceList>("devices", (box, part) => part.Add(p => p.VaultboxId, box.Id)),
        ["Loading vaultboxes"] = Of<VaultboxBrowser>("vaultboxes", (_, _) => { }),
        ["Loading notifications"] = Of<NoticeList>("owner_notices", (_, _) => { }),
        ["Loading what needs you"] = Of<HomeAttention>("vaultboxes", (_, _) => { }),
        ["Loading the counts"] = Of<HomeCounts>("vaultboxes", (_, _) => { }),
        ["Loading recent activity"] = Of<HomeActivity>("email_processing_logs", (_, _) => { }),
        ["Loading your domains"] = Of<NewVaultboxPage>("domains", (_, _) => { }, isOfPlatform: true),
        ["Loading senders"] = Of<SenderList>("motor_blocks", (_, _) => { }, isOfPlatform: true),
        ["Loading the sender"] = Of<SenderDetail>("motor_blocks", (_, part) => part.Add(p => p.Id, Guid.NewGuid()), isOfPlatform: true),
    };

    public static TheoryData<string> Labels => [.. Parts.Keys];

    [Theory]
    [MemberData(nameof(Labels))]
    public async Task Open_DatabaseDownThenSlow_SaysSoThenShowsItsSkeletonThenLoads(string label)
    {
        var part = Parts[label];
        var box = await MakeVaultboxAsync("mara");
        await LogAsync(LogStages.Stored, LogOutcomes.Ok, entry => (entry.UserId, entry.VaultboxId) = (UserId, box.Id));
        var database = part.IsOfPlatform ? Platform : Vault;
        await database.GoDownAsync();

        var page = Render<PageBoundary>(p => part.Fill(box, p));

        Assert.Contains("Reference", page.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Npgsql", page.Markup, StringComparison.Ordinal);
        Assert.Empty(Skeletons(page, label));
        await database.GoUpAsync();
        await using (await HoldAsync(database, part.Table))
        {
            await page.Find("[role=alert] button").ClickAsync(new());

            page.WaitForAssertion(() => Assert.Single(Skeletons(page, label)));
            Assert.Empty(page.FindAll("[role=alert]"));
        }

        page.WaitForAssertion(() => Assert.Empty(Skeletons(page, label)));
        Assert.Empty(page.FindAll("[role=alert]"));
    }

    private static Part Of<T>(string table, Action<VaultboxView, ComponentParameterCollectionBuilder<T>> with, bool isOfPlatform = false)
        where T : IComponent => new(table, isOfPlatform, (box, page) => page.AddChildContent<T>(part => with(box, part)));

    /// <param name="label">What the skeleton says; behind a comma which part it is, where several say the same.</param>
    private static IReadOnlyList<AngleSharp.Dom.IElement> Skeletons(IRenderedComponent<PageBoundary> page, string label) =>
        page.FindAll($"[role=status][aria-label='{label.Split(',')[0]}']");

    /// <summary>Whoever reads the table waits until this is disposed.</summary>
    private static async Task<NpgsqlConnection> HoldAsync(TestDatabase database, string table)
    {
        var holding = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.Superuser) { Pooling = false }.ConnectionString);
        await holding.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand($"BEGIN; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE", holding);
        await command.ExecuteNonQueryAsync(Cancel);
        return holding;
    }

    /// <param name="Table">What it waits for when that is held.</param>
    private sealed record Part(string Table, bool IsOfPlatform, Action<VaultboxView, ComponentParameterCollectionBuilder<PageBoundary>> Fill);
}
