using System.Globalization;
using Portal.Vault.Certificates;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Keys;

/// <summary>Keys in words.</summary>
internal static class KeyText
{
    internal static (string Kind, string Symbol, string Text) Chip(KeyState state) => state switch
    {
        KeyState.InUse => ("ok", "circle-check", "In use"),
        KeyState.ExpiresSoon => ("warn", "clock", "Expires soon"),
        KeyState.Expired => ("neutral", "clock", "Expired"),
        KeyState.NotYet => ("neutral", "clock", "Not valid yet"),
        _ => ("neutral", "archive", "Retired"),
    };

    internal static string Tile(KeyState state) => state switch
    {
        KeyState.InUse => "vb-tile vb-tile-sm",
        KeyState.ExpiresSoon => "vb-tile vb-tile-sm vb-tile-warn",
        _ => "vb-tile vb-tile-sm vb-tile-neutral",
    };

    /// <summary>Where its private part is.</summary>
    internal static string Symbol(bool isHeldHere) => isHeldHere ? "laptop" : "credit-card";

    /// <summary>"in 41 days", "in 2 years", "3 days ago", "today"; whole units, so that it never says more than is true.</summary>
    internal static string Away(DateTimeOffset at, DateTimeOffset now)
    {
        var days = (int)Math.Floor(Math.Abs((at - now).TotalDays));
        var amount = days switch
        {
            0 => null,
            < 60 => Amounts.Count(days, "day", "days"),
            < 730 => Amounts.Count(days / 30, "month", "months"),
            _ => Amounts.Count(days / 365, "year", "years"),
        };
        return amount is null ? "today" : at > now ? $"in {amount}" : $"{amount} ago";
    }

    internal static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>What stands under the end of a key.</summary>
    internal static string Until(ShownKey key, DateTimeOffset now) => key.State switch
    {
        KeyState.Expired or KeyState.Retired => "still opens old mail",
        KeyState.NotYet when key.Key.NotBefore is { } start => $"from {Day(start)}",
        _ => key.Key.NotAfter is { } end ? Away(end, now) : "no end",
    };

    /// <summary>What stands under the number of messages that it opens.</summary>
    internal static string Alone(ShownKey key) => (key.Opens, key.Alone) switch
    {
        (0, _) => "nothing yet",
        (_, 0) => key.Opens == 1 ? "it also opens elsewhere" : "all of them also open elsewhere",
        var (opens, alone) when opens == alone => alone == 1 ? "it opens with nothing else" : "all open with nothing else",
        (_, 1) => "1 opens with nothing else",
        var (_, alone) => string.Create(CultureInfo.InvariantCulture, $"{alone:N0} open with nothing else"),
    };

    /// <summary>Whether it was long ago that the key opened something where the portal could see it.</summary>
    internal static bool NeedsProof(CertificateView key, DateTimeOffset now) => (key.LastProvenAt ?? key.CreatedAt) < now - CertificatePolicy.ProofLife;

    internal static string Spread(CoverageSpan span) => (span.FewestKeys, span.MostKeys) switch
    {
        (0, 0) => "no key",
        (1, 1) => "1 key only",
        var (fewest, most) when fewest == most => $"{most} keys",
        var (fewest, most) => $"{fewest}–{most} keys",
    };
}
