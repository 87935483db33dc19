using System.Globalization;
using MudBlazor;

namespace Portal.Web.Components.Theme;

/// <summary>Sizes are CSS px given in rem of 16 px, so that the reader's own base size scales them.</summary>
internal static class PortalTypography
{
    private const string Body = "-.006em";
    private const string Heading = "-.01em";
    private const string Title = "-.02em";

    internal static Typography Create() => new()
    {
        Default = Style(new DefaultTypography(), 14, 20, 400, Body),
        H1 = Style(new H1Typography(), 24, 32, 650, Title),
        H2 = Style(new H2Typography(), 20, 28, 640, Title),
        H3 = Style(new H3Typography(), 15, 22, 620, Heading),
        H4 = Style(new H4Typography(), 14, 20, 600, Heading),
        H5 = Style(new H5Typography(), 14, 20, 600, Heading),
        H6 = Style(new H6Typography(), 14, 20, 600, Heading),
        Subtitle1 = Style(new Subtitle1Typography(), 14, 20, 600, Body),
        Subtitle2 = Style(new Subtitle2Typography(), 13, 18, 560, Body),
        Body1 = Style(new Body1Typography(), 14, 20, 400, Body),
        Body2 = Style(new Body2Typography(), 13, 18, 400, Body),
        Button = Style(new ButtonTypography(), 13.5m, 20, 560, Body),
        Caption = Style(new CaptionTypography(), 12, 16, 400, Body),
        Overline = Style(new OverlineTypography(), 12, 16, 550, Body),
    };

    private static T Style<T>(T style, decimal sizePx, decimal linePx, int weight, string letterSpacing)
        where T : BaseTypography
    {
        style.FontFamily = ["Inter Variable", "Inter", "system-ui", "sans-serif"];
        style.FontSize = string.Create(CultureInfo.InvariantCulture, $"{sizePx / 16:0.#####}rem");
        style.LineHeight = string.Create(CultureInfo.InvariantCulture, $"{linePx / sizePx:0.####}");
        style.FontWeight = weight.ToString(CultureInfo.InvariantCulture);
        style.LetterSpacing = letterSpacing;
        style.TextTransform = "none";
        return style;
    }
}
