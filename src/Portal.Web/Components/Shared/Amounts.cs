using System.Globalization;

namespace Portal.Web.Components.Shared;

/// <summary>Numbers as text for people, in British English.</summary>
internal static class Amounts
{
    /// <summary>"1 key", "2,773 messages".</summary>
    internal static string Count(long number, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {(number == 1 ? one : many)}");

    /// <summary>Octets in steps of 1,000: "812 bytes", "20 KB", "1.4 MB".</summary>
    internal static string Size(long octets) => octets switch
    {
        < 1_000 => Count(octets, "byte", "bytes"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{octets / 1e3:0} KB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{octets / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{octets / 1e9:0.#} GB"),
    };

    /// <summary>Hex in groups of four, as people compare it.</summary>
    internal static string Fingerprint(string hex) => string.Join(' ', hex.Chunk(4).Select(group => new string(group)));

    /// <summary>"4a1c 9f07 … d2e8".</summary>
    internal static string ShortFingerprint(string hex) => hex.Length < 16 ? hex : $"{hex[..4]} {hex[4..8]} … {hex[^4..]}";
}
