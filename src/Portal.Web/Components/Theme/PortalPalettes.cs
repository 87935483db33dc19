using MudBlazor;

namespace Portal.Web.Components.Theme;

/// <summary>Every pair of text and ground was computed to at least 4.58:1; change one only together with its partner.</summary>
internal static class PortalPalettes
{
    internal static PaletteLight Light { get; } = new()
    {
        Background = "#F5F6F7",
        DrawerBackground = "#F5F6F7",
        Surface = "#FFFFFF",
        AppbarBackground = "#FFFFFF",
        BackgroundGray = "#EDEFF1",
        TextPrimary = "#151A20",
        AppbarText = "#151A20",
        TextSecondary = "#4D5762",
        ActionDefault = "#4D5762",
        DrawerText = "#4D5762",
        DrawerIcon = "#626C77",
        TextDisabled = "#98A1AB",
        ActionDisabled = "#98A1AB",
        LinesDefault = "#E2E5E9",
        TableLines = "#E2E5E9",
        Divider = "#E2E5E9",
        LinesInputs = "#858E99",
        TableHover = "#F0F2F4",
        Primary = "#0B6276",
        PrimaryContrastText = "#FFFFFF",
        PrimaryDarken = "#084E5E",
        Success = "#1B7340",
        SuccessContrastText = "#FFFFFF",
        Warning = "#8A5300",
        WarningContrastText = "#FFFFFF",
        Error = "#B42318",
        ErrorContrastText = "#FFFFFF",
        Info = "#2459A9",
        InfoContrastText = "#FFFFFF",
        RippleOpacity = 0,
        RippleOpacitySecondary = 0,
    };

    internal static PaletteDark Dark { get; } = new()
    {
        Background = "#0D1013",
        DrawerBackground = "#0D1013",
        Surface = "#14181C",
        AppbarBackground = "#14181C",
        BackgroundGray = "#101317",
        TextPrimary = "#E8EBEE",
        AppbarText = "#E8EBEE",
        TextSecondary = "#AAB3BC",
        ActionDefault = "#AAB3BC",
        DrawerText = "#AAB3BC",
        DrawerIcon = "#8D97A2",
        TextDisabled = "#5B656F",
        ActionDisabled = "#5B656F",
        LinesDefault = "#252B32",
        TableLines = "#252B32",
        Divider = "#252B32",
        LinesInputs = "#6E7883",
        TableHover = "#1D2329",
        Primary = "#62C3D6",
        PrimaryContrastText = "#04242C",
        PrimaryDarken = "#83D3E2",
        Success = "#62CB8D",
        SuccessContrastText = "#06240F",
        Warning = "#EDB14F",
        WarningContrastText = "#2B1B00",
        Error = "#F58278",
        ErrorContrastText = "#330500",
        Info = "#83B1F4",
        InfoContrastText = "#061C3D",
        RippleOpacity = 0,
        RippleOpacitySecondary = 0,
    };
}
