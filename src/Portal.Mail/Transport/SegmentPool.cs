using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Portal.Mail.Transport;

/// <summary>
/// Fixed-size memory segments under one byte budget that all connections share.
/// Segments are pinned, so the collector never leaves a copy behind, and every idle one holds only zeros.
/// </summary>
internal sealed class SegmentPool(long budgetBytes)
{
    /// <summary>Octets in one segment; a typical message of 20 KB fits in one.</summary>
    public const int SegmentBytes = 32 * 1024;

    private readonly ConcurrentStack<byte[]> _idle = new();
    private long _heldBytes;

    public long BudgetBytes => budgetBytes;

    /// <summary>Octets out with messages now.</summary>
    public long HeldBytes => Interlocked.Read(ref _heldBytes);

    public long AvailableBytes => budgetBytes - HeldBytes;

    /// <summary>False when the budget has no room for one more segment.</summary>
    public bool TryRent([NotNullWhen(true)] out byte[]? segment)
    {
        if (Interlocked.Add(ref _heldBytes, SegmentBytes) > budgetBytes)
        {
            Interlocked.Add(ref _heldBytes, -SegmentBytes);
            segment = null;
            return false;
        }

        if (!_idle.TryPop(out segment))
            segment = GC.AllocateArray<byte>(SegmentBytes, pinned: true);
        return true;
    }

    public void Return(byte[] segment)
    {
        CryptographicOperations.ZeroMemory(segment);
        _idle.Push(segment);
        Interlocked.Add(ref _heldBytes, -SegmentBytes);
    }
}
