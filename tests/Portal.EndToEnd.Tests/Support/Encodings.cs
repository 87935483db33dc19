using System.Text;

namespace Portal.EndToEnd.Tests.Support;

/// <summary>Every form in which a secret could slip out: as it is, UTF-16, hex, base64 at each of its three phases, quoted-printable, percent-encoded.</summary>
public static class Encodings
{
    public static IReadOnlyList<(string Name, byte[] Needle)> Of(string canary)
    {
        var raw = Encoding.UTF8.GetBytes(canary);
        var needles = new List<(string, byte[])>
        {
            ("raw", raw),
            ("UTF-16LE", Encoding.Unicode.GetBytes(canary)),
            ("UTF-16BE", Encoding.BigEndianUnicode.GetBytes(canary)),
            ("hex", Encoding.ASCII.GetBytes(Convert.ToHexString(raw))),
            ("hex lower", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(raw))),
            ("reversed", [.. raw.Reverse()]),
            ("percent", Encoding.ASCII.GetBytes(string.Concat(raw.Select(b => $"%{b:X2}")))),
        };
        foreach (var (name, bytes) in new[] { ("base64", raw), ("base64 of UTF-16", Encoding.Unicode.GetBytes(canary)) })
        {
            for (var phase = 0; phase < 3; phase++)
            {
                // What precedes shifts the phase; the first and last quantum mix with neighbours and are left out.
                var text = Convert.ToBase64String([.. new byte[phase], .. bytes]);
                var core = text[(phase == 0 ? 0 : 4)..^(text.Length % 4 == 0 ? 4 : 0)];
                needles.Add(($"{name} phase {phase}", Encoding.ASCII.GetBytes(core)));
                needles.Add(($"{name}url phase {phase}", Encoding.ASCII.GetBytes(core.Replace('+', '-').Replace('/', '_'))));
            }
        }

        return needles;
    }

    /// <summary>The same of many: each is named by its first letters alone.</summary>
    public static IReadOnlyList<(string Name, byte[] Needle)> Of(IEnumerable<string> canaries) =>
        [.. from canary in canaries from form in Of(canary) select ($"{canary[..Math.Min(6, canary.Length)]}… as {form.Name}", form.Needle)];

    /// <summary>The names of those that stand in the bytes.</summary>
    public static IEnumerable<string> Find(ReadOnlyMemory<byte> bytes, IEnumerable<(string Name, byte[] Needle)> needles) =>
        from needle in needles where bytes.Span.IndexOf(needle.Needle) >= 0 select needle.Name;
}
