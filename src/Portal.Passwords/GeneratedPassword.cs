using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Portal.Passwords;

/// <summary>
/// A password that the portal makes for a mail program: eight groups of four characters, as <c>q7mk-2vtx-…</c>. The first group is the
/// selector, kept in clear: it tells which stored hash to check. The other 28 characters are secret, more than 137 bits.
/// </summary>
public sealed class GeneratedPassword
{
    /// <summary>Letters and digits that nobody takes for another: no 0, 1, i, l, o, u.</summary>
    public const string Alphabet = "abcdefghjkmnpqrstvwxyz23456789";

    private const int Groups = 8;
    private const int GroupLength = 4;
    private const int Length = Groups * GroupLength;

    private GeneratedPassword(string text) => Text = text;

    /// <summary>With its hyphens: what is shown once, and what is hashed.</summary>
    public string Text { get; }

    /// <summary>The leading group.</summary>
    public string Selector => Text[..GroupLength];

    /// <param name="unlike">A leading group that it must not have: two passwords that work side by side are told apart by it.</param>
    public static GeneratedPassword Create(string? unlike = null)
    {
        GeneratedPassword made;
        do
            made = new(Grouped(RandomNumberGenerator.GetString(Alphabet, Length)));
        while (string.Equals(made.Selector, unlike, StringComparison.Ordinal));
        return made;
    }

    /// <summary>
    /// What to check for what was typed or pasted. Missing or extra hyphens, spaces and capitals are forgiven in a password of this
    /// shape; any other comes back as it is.
    /// </summary>
    public static string Canonical(string typed) => TryRead(typed, out var characters) ? Grouped(characters) : typed;

    /// <returns>Null when the text has not the shape of a generated password.</returns>
    public static string? SelectorOf(string typed) => TryRead(typed, out var characters) ? characters[..GroupLength] : null;

    public override string ToString() => "[password]";

    private static bool TryRead(string typed, [NotNullWhen(true)] out string? characters)
    {
        characters = null;
        Span<char> kept = stackalloc char[Length];
        var count = 0;
        foreach (var c in typed)
        {
            if (c is '-' or ' ')
                continue;
            var lower = char.ToLowerInvariant(c);
            if (count == Length || !Alphabet.Contains(lower, StringComparison.Ordinal))
                return false;
            kept[count++] = lower;
        }

        if (count != Length)
            return false;
        characters = kept.ToString();
        return true;
    }

    private static string Grouped(string characters) =>
        string.Join('-', characters.Chunk(GroupLength).Select(group => new string(group)));
}
