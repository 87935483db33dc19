using System.Globalization;
using Portal.Vault.Vaultboxes;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Vaultboxes;

/// <summary>What is said of a vaultbox in lists.</summary>
internal static class VaultboxWords
{
    private static readonly TimeSpan ExpiresSoon = TimeSpan.FromDays(60);

    /// <summary>"24 December", in UTC.</summary>
    internal static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM", CultureInfo.InvariantCulture);

    /// <summary>Under the number of messages.</summary>
    internal static string Messages(VaultboxView v) => v switch
    {
        { Waiting: { } waiting } => $"{Amounts.Count(waiting.Count, "delivery", "deliveries")} waiting at senders",
        { DeletedAt: not null } => $"destroyed on {Day(v.RestorableUntil!.Value)}",
        { Status: VaultboxStatus.Paused, StatusChangedAt: { } since } => $"refuses mail since {ShortDay(since)}",
        { Status: VaultboxStatus.Paused } => "refuses mail",
        { Status: VaultboxStatus.Archived } => "kept until you delete them",
        { MessagesLastDay: > 0 and var number } => string.Create(CultureInfo.InvariantCulture, $"{number:N0} in 24 hours"),
        _ => Amounts.Size(v.StoredBytes),
    };

    /// <summary>Under the number of keys, and whether it wants attention.</summary>
    internal static (string Text, bool IsWarning) Keys(VaultboxView v, DateTimeOffset now) => v switch
    {
        { KeyCount: 0 } => ("mail waits for one", false),
        { Status: not VaultboxStatus.Active } => ("still opens everything", false),
        { NeedsKey: true, ExpiresAt: { } end } when end <= now => ($"expired {Ago(now - end)}", true),
        { NeedsKey: true } => ("none is valid", true),
        { NextExpiry: { } next } when next.At <= now => ($"{next.Name} expired {Ago(now - next.At)}", true),
        { NextExpiry: { } next } when next.At - now <= ExpiresSoon => ($"{next.Name} expires in {Days(next.At - now)}", true),
        { NextExpiry: { } next } => (string.Create(CultureInfo.InvariantCulture, $"next expiry {next.At.UtcDateTime:MMM yyyy}"), false),
        _ => ("", false),
    };

    /// <summary>Under the number of devices.</summary>
    internal static string Devices(VaultboxDevices devices, DateTimeOffset now) => devices switch
    {
        { Count: 0 } => "none",
        { Rotating: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{devices.Rotating} of {devices.Count} on a new password"),
        { SeenLately: > 0 } => devices.SeenLately == devices.Count && devices.Count > 1 ? "all seen this week" : string.Create(CultureInfo.InvariantCulture, $"{devices.SeenLately} seen this week"),
        { LastSeenAt: { } at } => $"not seen for {Days(now - at)}",
        _ => "never seen",
    };

    /// <summary>Why it takes no mail, in a sentence.</summary>
    internal static string WhyHeld(VaultboxView v, DateTimeOffset now) => v switch
    {
        { KeyCount: 1, ExpiresAt: { } end } when end <= now => $"Its only key expired on {Day(end)}.",
        { KeyCount: > 1, ExpiresAt: { } end } when end <= now => $"All of its {v.KeyCount} keys have expired, the last on {Day(end)}.",
        { KeyCount: 0 } => "It has no key that mail can be sealed to.",
        _ => "None of its keys is valid yet.",
    };

    /// <summary>What waits, and until when nothing is lost.</summary>
    internal static string Waiting(WaitingDeliveries? waiting) => waiting is null
        ? "Senders are asked to try again for some days, so nothing is lost if you act soon."
        : $"{Amounts.Count(waiting.Count, "delivery is", "deliveries are")} waiting at {(waiting.Count == 1 ? "its sender" : "their senders")}; none is lost if you act before {Day(waiting.Until)}.";

    private static string ShortDay(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM", CultureInfo.InvariantCulture);

    private static string Days(TimeSpan time) => Amounts.Count(Math.Max(1, (long)time.TotalDays), "day", "days");

    private static string Ago(TimeSpan time) => time < TimeSpan.FromDays(1) ? "today" : $"{Days(time)} ago";
}
