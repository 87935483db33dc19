using System.Numerics;

namespace Portal.Smime;

/// <summary>
/// Buffers for sealed messages under one byte budget: those in use and those kept for the next message count alike. Who finds no room
/// waits, in the order of asking. Buffers are pinned, so that the collector leaves no copy of what passes through them.
/// </summary>
/// <param name="budgetBytes">At most; a message that is larger is let in alone.</param>
public sealed class SealingMemory(long budgetBytes)
{
    private const int LeastBuffer = 64 * 1024;

    private readonly Lock gate = new();
    private readonly SortedDictionary<int, Stack<byte[]>> idle = [];
    private readonly LinkedList<(long Bytes, TaskCompletionSource Turn)> waiting = [];
    private long promised;
    private long rented;
    private long kept;

    public long BudgetBytes => budgetBytes;

    /// <summary>Bytes of all buffers there are, in use or kept.</summary>
    public long HeldBytes
    {
        get
        {
            lock (gate)
            {
                return rented + kept;
            }
        }
    }

    /// <summary>Messages that wait for room.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
            {
                return waiting.Count;
            }
        }
    }

    /// <summary>Waits until there is room for a message of this length. Dispose what it gives.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before there was.</exception>
    public async ValueTask<SealingRoom> TakeAsync(long length, CancellationToken cancellationToken)
    {
        var bytes = Math.Min(SizeOf(length), budgetBytes);
        LinkedListNode<(long Bytes, TaskCompletionSource Turn)> place;
        lock (gate)
        {
            if (waiting.Count == 0 && promised + bytes <= budgetBytes)
            {
                promised += bytes;
                return new SealingRoom(this, bytes);
            }

            place = waiting.AddLast((bytes, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)));
        }

        await using var end = cancellationToken.Register(() => GiveUp(place, cancellationToken));
        await place.Value.Turn.Task;
        return new SealingRoom(this, bytes);
    }

    /// <summary>A buffer of at least this length. One kept from before, else a new one in place of those that are kept.</summary>
    internal byte[] Rent(int length)
    {
        var size = SizeOf(length);
        lock (gate)
        {
            rented += size;
            if (idle.TryGetValue(size, out var same) && same.TryPop(out var buffer))
            {
                kept -= size;
                return buffer;
            }

            foreach (var (other, stack) in idle.Reverse())
            {
                while (rented + kept > budgetBytes && stack.TryPop(out _))
                {
                    kept -= other;
                }
            }
        }

        return GC.AllocateUninitializedArray<byte>(size, pinned: true);
    }

    internal void Return(byte[] buffer)
    {
        lock (gate)
        {
            rented -= buffer.Length;
            kept += buffer.Length;
            if (!idle.TryGetValue(buffer.Length, out var same))
            {
                idle.Add(buffer.Length, same = new Stack<byte[]>());
            }

            same.Push(buffer);
        }
    }

    /// <summary>Gives room back, and to those who wait for it.</summary>
    internal void Leave(long bytes)
    {
        lock (gate)
        {
            promised -= bytes;
            while (waiting.First is { } next && promised + next.Value.Bytes <= budgetBytes)
            {
                waiting.RemoveFirst();
                promised += next.Value.Bytes;
                next.Value.Turn.SetResult();
            }
        }
    }

    /// <summary>Sizes are a quarter of a power of two apart: few sizes, and a buffer is at most a quarter larger than its message.</summary>
    internal static int SizeOf(long length)
    {
        if (length <= LeastBuffer)
        {
            return LeastBuffer;
        }

        var step = 1L << (BitOperations.Log2((ulong)(length - 1)) - 2);
        return (int)Math.Min((length + step - 1) / step * step, Array.MaxLength);
    }

    private void GiveUp(LinkedListNode<(long Bytes, TaskCompletionSource Turn)> place, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            // Whose turn has come keeps it.
            if (place.List is null)
            {
                return;
            }

            waiting.Remove(place);
        }

        place.Value.Turn.TrySetCanceled(cancellationToken);
        // Smaller ones may have waited behind it.
        Leave(0);
    }
}
