using MudBlazor;

namespace Portal.Web.Components.Theme;

/// <summary>
/// The portal's look for MudBlazor's components. Which palette shows is a matter of CSS: the theme sheet maps MudBlazor's properties onto
/// the `--vb-*` ones, which hold both values, so that a change of theme needs no circuit.
/// </summary>
internal static class PortalTheme
{
    internal static MudTheme Instance { get; } = Create();

    private static MudTheme Create() => new()
    {
        PaletteLight = PortalPalettes.Light,
        PaletteDark = PortalPalettes.Dark,
        Typography = PortalTypography.Create(),
        LayoutProperties = new LayoutProperties
        {
            DefaultBorderRadius = "7px",
            AppbarHeight = "52px",
            DrawerWidthLeft = "232px",
            DrawerMiniWidthLeft = "56px",
            DrawerWidthRight = "488px",
        },
        Shadows = new Shadow { Elevation = Elevations() },
    };

    /// <summary>Lines, not shadows: the levels between the four in use repeat the one below.</summary>
    private static string[] Elevations()
    {
        const string resting = "0 1px 2px rgba(16,24,32,.05)";
        const string menu = "0 8px 24px -6px rgba(16,24,32,.16), 0 0 0 1px var(--mud-palette-lines-default)";
        const string drawer = "0 32px 72px -16px rgba(16,24,32,.34), 0 0 0 1px var(--mud-palette-lines-default)";
        return [.. Enumerable.Range(0, 26).Select(level => level switch { 0 => "none", < 8 => resting, < 24 => menu, _ => drawer })];
    }
}
