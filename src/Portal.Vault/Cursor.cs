using System.Buffers.Binary;
using System.Buffers.Text;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault;

/// <summary>A place in a list ordered by time and id.</summary>
internal readonly record struct Position(DateTimeOffset At, Guid Id);

/// <summary>The opaque <c>after</c> of lists: a position as base64url.</summary>
internal static class Cursor
{
    public static readonly VaultProblem Malformed =
        VaultProblem.Invalid("cursor_malformed", "The value of “after” is not one that this list gave. Start again without it.");

    /// <summary>True with null for no cursor; false when the text is no cursor of ours.</summary>
    public static bool TryRead(string? text, out Position? position)
    {
        position = null;
        if (string.IsNullOrEmpty(text))
            return true;
        Span<byte> bytes = stackalloc byte[24];
        if (text.Length != 32 || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, bytes, out var written) || written != 24)
            return false;
        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
            return false;
        position = new Position(new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes[8..], bigEndian: true));
        return true;
    }

    public static Page<T> PageOf<T>(List<T> rows, int limit, Func<T, Position> positionOf)
    {
        if (rows.Count <= limit)
            return new Page<T>(rows, null);
        rows.RemoveRange(limit, rows.Count - limit);
        return new Page<T>(rows, Write(positionOf(rows[^1])));
    }

    public static string EscapeLike(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    private static string Write(Position position)
    {
        Span<byte> bytes = stackalloc byte[24];
        BinaryPrimitives.WriteInt64BigEndian(bytes, position.At.UtcTicks);
        position.Id.TryWriteBytes(bytes[8..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }
}
