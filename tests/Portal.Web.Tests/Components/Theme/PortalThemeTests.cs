using System.Globalization;
using MudBlazor;
using MudBlazor.Utilities;
using Portal.Web.Components.Theme;

namespace Portal.Web.Tests.Components.Theme;

public sealed class PortalThemeTests
{
    [Theory]
    [InlineData("Background,DrawerBackground", "#F5F6F7", "#0D1013")]
    [InlineData("Surface,AppbarBackground", "#FFFFFF", "#14181C")]
    [InlineData("BackgroundGray", "#EDEFF1", "#101317")]
    [InlineData("TextPrimary,AppbarText", "#151A20", "#E8EBEE")]
    [InlineData("TextSecondary,ActionDefault,DrawerText", "#4D5762", "#AAB3BC")]
    [InlineData("DrawerIcon", "#626C77", "#8D97A2")]
    [InlineData("TextDisabled,ActionDisabled", "#98A1AB", "#5B656F")]
    [InlineData("LinesDefault,TableLines,Divider", "#E2E5E9", "#252B32")]
    [InlineData("LinesInputs", "#858E99", "#6E7883")]
    [InlineData("TableHover", "#F0F2F4", "#1D2329")]
    [InlineData("Primary", "#0B6276", "#62C3D6")]
    [InlineData("PrimaryContrastText", "#FFFFFF", "#04242C")]
    [InlineData("PrimaryDarken", "#084E5E", "#83D3E2")]
    [InlineData("Success", "#1B7340", "#62CB8D")]
    [InlineData("Warning", "#8A5300", "#EDB14F")]
    [InlineData("Error", "#B42318", "#F58278")]
    [InlineData("Info", "#2459A9", "#83B1F4")]
    [InlineData("SuccessContrastText", "#FFFFFF", "#06240F")]
    [InlineData("WarningContrastText", "#FFFFFF", "#2B1B00")]
    [InlineData("ErrorContrastText", "#FFFFFF", "#330500")]
    [InlineData("InfoContrastText", "#FFFFFF", "#061C3D")]
    public void Palette_EachToken_IsTheDesignTablesColour(string tokens, string light, string dark)
    {
        foreach (var token in tokens.Split(','))
        {
            Assert.Equal(new MudColor(light), Colour(PortalTheme.Instance.PaletteLight, token));
            Assert.Equal(new MudColor(dark), Colour(PortalTheme.Instance.PaletteDark, token));
        }
    }

    [Theory]
    [InlineData("H1", 24, 32, 650)]
    [InlineData("H2", 20, 28, 640)]
    [InlineData("H3", 15, 22, 620)]
    [InlineData("H4", 14, 20, 600)]
    [InlineData("H5", 14, 20, 600)]
    [InlineData("H6", 14, 20, 600)]
    [InlineData("Subtitle1", 14, 20, 600)]
    [InlineData("Subtitle2", 13, 18, 560)]
    [InlineData("Body1", 14, 20, 400)]
    [InlineData("Body2", 13, 18, 400)]
    [InlineData("Button", 13.5, 20, 560)]
    [InlineData("Caption", 12, 16, 400)]
    [InlineData("Overline", 12, 16, 550)]
    public void Typography_EachStyle_HasItsSizeLineAndWeight(string name, double sizePx, double linePx, int weight)
    {
        var style = (BaseTypography)typeof(Typography).GetProperty(name)!.GetValue(PortalTheme.Instance.Typography)!;

        var size = double.Parse(style.FontSize!.Replace("rem", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 16;
        Assert.Equal(sizePx, size, 0.01);
        Assert.Equal(linePx, size * double.Parse(style.LineHeight!, CultureInfo.InvariantCulture), 0.05);
        Assert.Equal(weight.ToString(CultureInfo.InvariantCulture), style.FontWeight);
        Assert.Equal("none", style.TextTransform);
    }

    [Fact]
    public void Layout_Measures_AreTheDesigns()
    {
        var layout = PortalTheme.Instance.LayoutProperties;

        Assert.Equal(
            ("7px", "52px", "232px", "56px", "488px"),
            (layout.DefaultBorderRadius, layout.AppbarHeight, layout.DrawerWidthLeft, layout.DrawerMiniWidthLeft, layout.DrawerWidthRight));
    }

    [Fact]
    public void Shadows_FourLevels_AreTheDesigns()
    {
        var elevation = PortalTheme.Instance.Shadows.Elevation;

        Assert.Equal("none", elevation[0]);
        Assert.StartsWith("0 1px 2px rgba(16,24,32,.05)", elevation[1], StringComparison.Ordinal);
        Assert.StartsWith("0 8px 24px -6px rgba(16,24,32,.16)", elevation[8], StringComparison.Ordinal);
        Assert.StartsWith("0 32px 72px -16px rgba(16,24,32,.34)", elevation[24], StringComparison.Ordinal);
    }

    [Fact]
    public void Ripple_BothPalettes_IsOff()
    {
        Assert.Equal(0, PortalTheme.Instance.PaletteLight.RippleOpacity);
        Assert.Equal(0, PortalTheme.Instance.PaletteDark.RippleOpacity);
    }

    private static MudColor Colour(Palette palette, string token) => typeof(Palette).GetProperty(token)!.GetValue(palette) switch
    {
        MudColor colour => colour,
        string text => new MudColor(text),
        var other => throw new InvalidOperationException($"{token} is {other}"),
    };
}
