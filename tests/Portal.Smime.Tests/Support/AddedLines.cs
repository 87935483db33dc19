using System.Text;

namespace Portal.Smime.Tests.Support;

/// <summary>
/// The definition of which lines sealing adds. Everything from the beginning to the n-th HP-Outer field is ours, n being the number of
/// non-structural fields outside; so is an empty line directly behind it. Unless a Content-Type is among these, so is the hp parameter
/// at the end of the first Content-Type behind them. Works on Latin-1 text, one character a byte.
/// </summary>
internal static class AddedLines
{
    private static readonly string[] Structural = ["mime-version", "content-type", "content-transfer-encoding", "content-disposition"];

    public static byte[] Remove(byte[] inner, string outerHeaders)
    {
        var text = Encoding.Latin1.GetString(inner);
        var outer = Fields(outerHeaders, 0).Count(field => !Structural.Contains(Name(field.Text)));
        var fields = Fields(text, 0);
        var ours = fields.Where(field => Name(field.Text) is "hp-outer").ElementAt(outer - 1).End;
        if (text.AsSpan(ours).StartsWith("\r\n"))
        {
            return Encoding.Latin1.GetBytes(text[(ours + 2)..]);
        }

        var original = text[ours..];
        if (fields.Exists(field => field.End < ours && Name(field.Text) is "content-type"))
        {
            return Encoding.Latin1.GetBytes(original);
        }

        var contentType = Fields(original, original.StartsWith("From ", StringComparison.Ordinal) ? original.IndexOf('\n') + 1 : 0)
            .Find(field => Name(field.Text) is "content-type");
        foreach (var added in new[] { " ; hp=\"cipher\"\r\n", " hp=\"cipher\"\r\n", "\r\n ; hp=\"cipher\"", "\r\n hp=\"cipher\"" })
        {
            if (contentType.Text?.EndsWith(added, StringComparison.Ordinal) == true)
            {
                return Encoding.Latin1.GetBytes(original.Remove(contentType.End - added.Length, added.Length));
            }
        }

        throw new InvalidOperationException("The Content-Type carries no hp parameter.");
    }

    /// <summary>Header fields with their folds, to the first line that is none.</summary>
    public static List<(string Text, int End)> Fields(string text, int position)
    {
        var ends = new List<(int Start, int End)>();
        while (position < text.Length)
        {
            var next = text.IndexOf('\n', position) is var found and >= 0 ? found + 1 : text.Length;
            if (text[position] is ' ' or '\t' && ends.Count > 0)
            {
                ends[^1] = (ends[^1].Start, next);
            }
            else if (Name(text[position..next]) is { Length: > 0 } name && name.All(static one => one is > ' ' and < (char)127))
            {
                ends.Add((position, next));
            }
            else
            {
                break;
            }

            position = next;
        }

        return ends.ConvertAll(field => (text[field.Start..field.End], field.End));
    }

    private static string Name(string field) => field.Contains(':', StringComparison.Ordinal) ? field[..field.IndexOf(':')].TrimEnd(' ', '\t').ToLowerInvariant() : "";
}
