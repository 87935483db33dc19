namespace Portal.Smime;

/// <summary>
/// Room in <see cref="SealingMemory"/> for one sealed message at a time. What was sealed into it must not be used after Dispose, nor after
/// the next message was.
/// </summary>
public sealed class SealingRoom : IDisposable
{
    private readonly long bytes;
    private SealingMemory? memory;
    private byte[]? buffer;

    internal SealingRoom(SealingMemory memory, long bytes) => (this.memory, this.bytes) = (memory, bytes);

    /// <summary>A buffer of at least this length. A shorter one from before goes back as it is: nothing readable may be left in it.</summary>
    internal byte[] Rent(int length)
    {
        ObjectDisposedException.ThrowIf(memory is null, this);
        if (buffer is not null && buffer.Length < length)
        {
            memory.Return(buffer);
            buffer = null;
        }

        return buffer ??= memory.Rent(length);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        var owner = Interlocked.Exchange(ref memory, null);
        if (owner is null)
        {
            return;
        }

        if (buffer is not null)
        {
            owner.Return(buffer);
        }

        owner.Leave(bytes);
    }
}
