using System.Globalization;
using System.Text;

namespace Portal.Smime;

internal static class SummaryText
{
    /// <summary>
    /// One line for a list: white space collapsed, control characters and direction overrides (which let one text pose as
    /// another) gone, cut to a number of UTF-16 units without splitting a pair.
    /// </summary>
    public static string OneLine(ReadOnlySpan<char> text, int maximum)
    {
        var line = new StringBuilder(Math.Min(text.Length, maximum));
        var pendingSpace = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                pendingSpace = line.Length > 0;
                continue;
            }

            if (IsUnseen(rune))
            {
                continue;
            }

            if (line.Length + rune.Utf16SequenceLength + (pendingSpace ? 1 : 0) > maximum)
            {
                break;
            }

            line.Append(pendingSpace ? " " : "").Append(rune.ToString());
            pendingSpace = false;
        }

        return line.ToString();
    }

    /// <summary>A control character (a line break is one), a direction override, or a character without width.</summary>
    public static bool IsUnseen(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is (>= 0x202a and <= 0x202e) or (>= 0x2066 and <= 0x2069) or 0xfeff or 0x200b;
}
