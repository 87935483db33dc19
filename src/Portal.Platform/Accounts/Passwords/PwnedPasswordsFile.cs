using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Portal.Platform.Accounts.Passwords;

/// <summary>
/// The operator's own list: Pwned Passwords of Have I Been Pwned, “SHA-1, ordered by hash”: lines of 40 upper-case hexadecimal digits,
/// a colon and a count. Tens of gigabytes, so it is searched by halves on the open file: about forty short reads for one password.
/// </summary>
internal sealed class PwnedPasswordsFile : IDisposable
{
    private const int HashLength = 40;

    /// <summary>A hash, a colon, ten digits, CR LF; twice that holds a whole line wherever a read begins.</summary>
    private const int LongestLine = 64;

    private readonly SafeFileHandle file;
    private readonly long length;

    private PwnedPasswordsFile(SafeFileHandle file) => (this.file, length) = (file, RandomAccess.GetLength(file));

    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static PwnedPasswordsFile Open(string path) =>
        new(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.RandomAccess));

    public bool Contains(string password)
    {
        // SHA-1 is the list's key here, and protects nothing.
#pragma warning disable CA5350
        var wanted = Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350
        long low = 0, high = length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (LineAfter(middle) is not { } line || line.Start >= high)
            {
                high = middle;
                continue;
            }

            var order = string.CompareOrdinal(line.Hash, wanted);
            if (order == 0)
                return true;
            (low, high) = order < 0 ? (line.Start + HashLength, high) : (low, middle);
        }

        return false;
    }

    /// <summary>Looks at a few lines over the whole file.</summary>
    /// <returns>What is wrong with it; null when it looks like the list that it should be.</returns>
    public string? FindFault()
    {
        const int samples = 32;
        string? former = null;
        for (var i = 0; i < samples; i++)
        {
            if (LineAfter(length * i / samples) is not { } line)
                break;
            if (!line.Hash.All(char.IsAsciiHexDigitUpper))
                return "its lines do not begin with 40 upper-case hexadecimal digits";
            if (former is not null && string.CompareOrdinal(former, line.Hash) > 0)
                return "its lines are not ordered by hash";
            former = line.Hash;
        }

        return former is null ? "it has no line of the form HASH:COUNT" : null;
    }

    public void Dispose() => file.Dispose();

    /// <returns>The first line that begins at <paramref name="position"/> or after it; null when there is none.</returns>
    private Line? LineAfter(long position)
    {
        // The byte before tells whether a line begins right here.
        var from = Math.Max(0, position - 1);
        Span<byte> bytes = stackalloc byte[2 * LongestLine];
        bytes = bytes[..RandomAccess.Read(file, bytes, from)];
        var start = position == 0 ? 0 : bytes.IndexOf((byte)'\n') + 1;
        if ((start == 0 && position != 0) || bytes.Length - start <= HashLength || bytes[start + HashLength] != ':')
            return null;
        return new Line(from + start, Encoding.ASCII.GetString(bytes.Slice(start, HashLength)));
    }

    private readonly record struct Line(long Start, string Hash);
}
