using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Platform.Accounts.Passwords;

/// <summary>
/// The list of breached passwords that comes with the portal: of each the first five bytes of its SHA-256, sorted, so that half a
/// million of them are searched where they lie and nothing is read at start. scripts/breached-passwords.mjs makes it.
/// </summary>
internal static class BreachedPasswords
{
    private const int Width = 5;

    /// <param name="folded">As <see cref="PasswordRules.Fold"/> spells it.</param>
    public static bool Contains(string folded)
    {
        var wanted = Entry(SHA256.HashData(Encoding.UTF8.GetBytes(folded)));
        using var list = typeof(BreachedPasswords).Assembly.GetManifestResourceStream("Portal.Platform.breached-passwords.bin")
            ?? throw new InvalidOperationException("The list of breached passwords is not embedded in the assembly.");
        Span<byte> entry = stackalloc byte[Width];
        long low = 0, high = list.Length / Width;
        while (low < high)
        {
            var middle = (low + high) / 2;
            list.Position = middle * Width;
            list.ReadExactly(entry);
            var found = Entry(entry);
            if (found == wanted)
                return true;
            (low, high) = found < wanted ? (middle + 1, high) : (low, middle);
        }

        return false;
    }

    private static ulong Entry(ReadOnlySpan<byte> hash) => ((ulong)BinaryPrimitives.ReadUInt32BigEndian(hash) << 8) | hash[4];
}
