using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Platform.Audit;

/// <summary>
/// The hashes of the chain, as docs/audit.md describes them for whoever checks it by other means. Every field is preceded by its length
/// in octets, 32 bits, big-endian; a field that is absent by 0xFFFFFFFF. So no two different entries have the same encoding.
/// </summary>
public static class AuditHash
{
    public const int Size = SHA256.HashSizeInBytes;
    public const int SaltSize = 16;

    private const string EntryLabel = "vaultbox-portal audit entry 1";
    private const string ValueLabel = "vaultbox-portal audit value 1";

    /// <summary>Stands before the first entry.</summary>
    public static byte[] Genesis => new byte[Size];

    public static byte[] Of(AuditEntry entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Text(hash, EntryLabel);
        Text(hash, entry.Seq.ToString(CultureInfo.InvariantCulture));
        Text(hash, $"{entry.OutboxId:d}");
        Text(hash, Time(entry.OccurredAt));
        Text(hash, entry.ActorKind);
        Text(hash, Id(entry.Actor));
        Text(hash, Id(entry.OnBehalfOf));
        Text(hash, entry.Act);
        Text(hash, entry.TargetKind);
        Text(hash, entry.TargetId);
        Text(hash, Id(entry.Owner));
        Text(hash, entry.Before);
        Text(hash, entry.After);
        Octets(hash, entry.FromHash);
        Octets(hash, entry.ValuesHash);
        Octets(hash, entry.PrevHash);
        return hash.GetHashAndReset();
    }

    public static byte[] OfValue(ReadOnlySpan<byte> salt, string value)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Text(hash, ValueLabel);
        Octets(hash, salt.ToArray());
        Text(hash, value);
        return hash.GetHashAndReset();
    }

    /// <summary>UTC with six decimals, which is what PostgreSQL keeps.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static string? Id(Guid? id) => id?.ToString("d");

    private static void Text(IncrementalHash hash, string? text) => Octets(hash, text is null ? null : Encoding.UTF8.GetBytes(text));

    private static void Octets(IncrementalHash hash, byte[]? octets)
    {
        Span<byte> length = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(length, octets is null ? uint.MaxValue : (uint)octets.Length);
        hash.AppendData(length);
        if (octets is not null)
            hash.AppendData(octets);
    }
}
