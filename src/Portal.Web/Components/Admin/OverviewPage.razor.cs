using System.Globalization;
using Microsoft.AspNetCore.Components;
using Portal.Vault.Administration;
using Portal.Vault.ProcessingLog;
using Portal.Web.Components.Log;
using Portal.Web.Components.Shared;
using Portal.Web.Provisioning.Databases;

namespace Portal.Web.Components.Admin;

/// <summary>Where an admin begins: whether mail flows, why it does not, what fills up. To anyone else it is not there.</summary>
public sealed partial class OverviewPage
{
    private MailFlow? flow;
    private IReadOnlyList<LogBar>? chart;
    private DatabaseHealth? health;

    [Inject]
    private GetMailFlow GetMailFlow { get; set; } = null!;

    [Inject]
    private CountProcessingLog CountProcessingLog { get; set; } = null!;

    [Inject]
    private GetDatabaseHealth GetDatabaseHealth { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        var actor = await SignedIn.VaultActorAsync();
        flow = (await GetMailFlow.HandleAsync(new GetMailFlowRequest(actor), Leaving)).Value;
        if (flow is null)
        {
            Navigation.NotFound();
            return;
        }

        var counted = await CountProcessingLog.HandleAsync(new CountProcessingLogRequest(new ListProcessingLogRequest(actor, From: flow.Since)), Leaving);
        chart = ByHour(counted.Value?.Bars ?? []);
        health = (await GetDatabaseHealth.HandleAsync(await SignedIn.ActorAsync(), Leaving)).Value;
    }

    private static List<LogBar> ByHour(IEnumerable<LogBar> bars) =>
    [
        .. bars.GroupBy(bar => LogBuckets.Floor(bar.At, TimeSpan.FromHours(1)))
            .Select(hour => new LogBar(hour.Key, hour.Sum(bar => bar.Ok), hour.Sum(bar => bar.Deferred), hour.Sum(bar => bar.Refused))),
    ];

    /// <summary>The log of exactly these: one click from the number to the messages.</summary>
    private static string UrlOf(RefusalReason reason)
    {
        var code = string.Join(' ', new[] { reason.SmtpCode?.ToString(CultureInfo.InvariantCulture), reason.EnhancedCode }.Where(part => !string.IsNullOrEmpty(part)));
        return "/admin/processing-log" + (LogQuery.Parse(null, null, reason.Outcome, null, null) with { Code = code.Length > 0 ? code : null }).ToQuery();
    }

    private string Part(RefusalReason reason) =>
        ((double)reason.Count / flow!.Refusals.Max(r => r.Count)).ToString("0.###", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static RenderFragment Vaultboxes(long number) => builder =>
    {
        if (number == 0)
        {
            builder.AddContent(0, "none");
            return;
        }

        builder.OpenElement(1, "a");
        builder.AddAttribute(2, "href", "/admin/vaultboxes?state=attention");
        builder.AddContent(3, Amounts.Count(number, "vaultbox", "vaultboxes"));
        builder.CloseElement();
    };

    private static string State(bool isUp, TimeSpan latency) =>
        isUp ? string.Create(CultureInfo.InvariantCulture, $"answers in {latency.TotalMilliseconds:0.#} ms") : "does not answer";
}
