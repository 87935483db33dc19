using System.Globalization;
using Microsoft.AspNetCore.Components;
using Portal.Vault.Certificates;

namespace Portal.Web.Components.Keys;

/// <summary>The years of each key side by side, and under them how many keys the mail of each time opens with.</summary>
public sealed partial class KeyTimeline
{
    private TimelineScale scale = null!;

    [Parameter, EditorRequired]
    public required IReadOnlyList<ShownKey> Keys { get; set; }

    [Parameter, EditorRequired]
    public required KeyCoverage Coverage { get; set; }

    [Parameter, EditorRequired]
    public required DateTimeOffset Now { get; set; }

    private string TodayLabel => string.Create(CultureInfo.InvariantCulture, $"right:{100 - scale.Today:0.##}%");

    protected override void OnParametersSet() => scale = TimelineScale.Of(Keys, Coverage, Now);

    private static string Left(double percent) => string.Create(CultureInfo.InvariantCulture, $"left:{percent:0.##}%");

    private static string Box(double from, double to) => string.Create(CultureInfo.InvariantCulture, $"left:{from:0.##}%;width:{Math.Max(to - from, .8):0.##}%");

    private static string SpanClass(CoverageSpan span) => span.FewestKeys switch { 0 => "none", 1 => "one", _ => "more" };

    private static string BarClass(ShownKey key) => key.State switch
    {
        KeyState.InUse => key.IsHeldHere ? "bar use" : "bar use uploaded",
        KeyState.ExpiresSoon => "bar soon",
        _ => "bar over",
    };

    private static string Label(ShownKey key, DateTimeOffset now) => (key.State, key.Key.NotAfter) switch
    {
        (KeyState.Retired, _) => key.Key.RetiredAt is { } at ? $"retired {KeyText.Day(at)}" : "retired",
        (_, null) => "no end",
        (KeyState.Expired, { } end) => $"expired {KeyText.Day(end)}",
        (KeyState.ExpiresSoon, { } end) => $"expires {KeyText.Away(end, now)}",
        (_, { } end) => $"until {KeyText.Day(end)}",
    };

    private string Label(ShownKey key) => Label(key, Now);

    private double Percent(int year) => (year - scale.FirstYear) * 100.0 / scale.Years;

    private double Start(ShownKey key) => scale.At(key.Key.NotBefore ?? key.Key.CreatedAt);

    /// <summary>As far as new mail is sealed to it.</summary>
    private double End(ShownKey key) => Math.Max(Start(key), scale.At(key.Key.RetiredAt ?? key.Key.NotAfter ?? DateTimeOffset.MaxValue.AddYears(-1)));

    private double Width(ShownKey key) => End(key) - Start(key);

    /// <summary>Words of a short bar go where there is room.</summary>
    private string Beside(ShownKey key) => End(key) < 70
        ? string.Create(CultureInfo.InvariantCulture, $"left:calc({End(key):0.##}% + 8px)")
        : string.Create(CultureInfo.InvariantCulture, $"right:calc({100 - Start(key):0.##}% + 8px)");

    /// <summary>From its end to today.</summary>
    private (double From, double To)? Rest(ShownKey key) =>
        key.State is KeyState.Expired or KeyState.Retired && key.Opens > 0 && scale.Today - End(key) > 1 ? (End(key), scale.Today) : null;
}
