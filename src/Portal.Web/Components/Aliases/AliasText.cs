using System.Globalization;
using Portal.Vault.Aliases;
using Portal.Web.Components.Credentials;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Aliases;

/// <param name="Kind">Of the chip.</param>
internal sealed record AliasStateText(string Label, string Symbol, string Kind);

/// <summary>Addresses in plain words.</summary>
internal static class AliasText
{
    internal static AliasStateText State(string state) => state switch
    {
        AliasStates.Paused => new("Paused", "pause", "neutral"),
        AliasStates.Expired => new("Expired", "calendar-clock", "warn"),
        AliasStates.UsedUp => new("Used up", "circle-x", "warn"),
        AliasStates.Idle => new("Ended, unused", "hourglass", "warn"),
        AliasStates.Deleted => new("Deleted", "trash-2", "neutral"),
        _ => new("Active", "circle-check", "ok"),
    };

    /// <summary>“in 12 days · 3 of 5 messages”; “never” for one without an end.</summary>
    internal static string Ends(AliasView alias, DateTimeOffset now)
    {
        var ends = string.Join(" · ", EndsOf(alias, now));
        return ends.Length == 0 ? "never" : ends;
    }

    internal static string Addresses(long number) => Amounts.Count(number, "address", "addresses");

    /// <summary>What was done to some of them, for a toast.</summary>
    internal static string Done(string action, IReadOnlyList<string> addresses, int count)
    {
        var what = count == 1 && addresses.Count == 1 ? addresses[0] : Addresses(count);
        return action switch
        {
            AliasActions.Pause => $"Paused {what}. Senders are asked to try again later.",
            AliasActions.Resume => $"{what} {(count == 1 ? "takes" : "take")} mail again.",
            AliasActions.Delete => $"Deleted {what}. Mail to {(count == 1 ? "it" : "them")} is refused; you can restore {(count == 1 ? "it" : "them")} for {PurgeAliases.Kept.Days} days.",
            _ => $"Restored {what}.",
        };
    }

    /// <summary>Why some of those that were asked for stay as they are; null when all changed.</summary>
    internal static string? Left(ChangedAliases changed)
    {
        var others = changed.Unchanged.Where(u => u.Code != "unchanged").ToList();
        return others.Count == 0 ? null : $"{Addresses(others.Count)} {(others.Count == 1 ? "was" : "were")} left as {(others.Count == 1 ? "it is" : "they are")}: {others[0].Detail}";
    }

    private static IEnumerable<string> EndsOf(AliasView alias, DateTimeOffset now)
    {
        if (alias.ExpiresAt is { } at)
            yield return at > now ? CredentialWords.In(at - now) : string.Create(CultureInfo.InvariantCulture, $"ended {at.UtcDateTime:d MMM yyyy}");
        if (alias.MaxMessages is { } most)
            yield return string.Create(CultureInfo.InvariantCulture, $"{alias.MessageCount:N0} of {Amounts.Count(most, "message", "messages")}");
        if (alias.MaxIdleDays is { } days)
            yield return $"after {Amounts.Count(days, "idle day", "idle days")}";
    }
}
