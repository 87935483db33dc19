using Portal.Platform.Support;
using Portal.Vault.Vaultboxes;

namespace Portal.Web.Support;

/// <summary>Views in words.</summary>
internal static class SupportWords
{
    public static (string Kind, string Symbol, string Text) Chip(SupportViewRecord view) => view.State switch
    {
        SupportState.Asked => ("info", "hourglass", "Waiting"),
        SupportState.Agreed => ("ok", "check", "Agreed"),
        SupportState.Running => ("warn", "eye", "Looking now"),
        SupportState.Refused => ("neutral", "circle-x", "Refused"),
        SupportState.Lapsed => ("neutral", "clock", "Not answered"),
        _ => ("neutral", "circle-check", "Ended"),
    };

    /// <summary>What a supporter can say that helps; null where nothing is wrong with the vaultbox.</summary>
    public static string? ToTell(VaultboxView vaultbox) => vaultbox switch
    {
        { Status: VaultboxStatus.Paused } => "Your vaultbox is paused, so mail for it is refused. In its menu choose Resume. Whoever was refused has to send again.",
        { Status: VaultboxStatus.Archived } => "Your vaultbox is archived, so mail for it is refused. In its menu choose Take mail again. Whoever was refused has to send again.",
        { NeedsKey: true } => "No key of your vaultbox is valid, so its mail waits at the senders. Open Keys and add one. Their servers try again by themselves, for about 5 days.",
        _ => null,
    };

    public static string Kind(SupportViewRecord view) => view.Kind == SupportGrantKind.BreakGlass ? "Opened without asking" : "Asked first";

    public static string EndedBy(SupportViewRecord view) => view switch
    {
        { EndedBy: SupportEnd.Owner } => "ended by the owner",
        { EndedBy: SupportEnd.Supporter } => "ended by support",
        { EndedBy: SupportEnd.Refused } => "the owner said no",
        { State: SupportState.Lapsed } => "nobody answered in time",
        _ => "its time was over",
    };

    /// <summary>“…”, ticket 4127.</summary>
    public static string Reason(string reason, string? ticket) => ticket is null ? $"“{reason}”" : $"“{reason}”, ticket {ticket}";

    public static string Reason(SupportViewRecord view) => Reason(view.Reason, view.Ticket);
}
