namespace Portal.Smime;

/// <summary>
/// Importing a key costs more than using it, so the imported one is kept for the next message. It is never used by two threads at once: a
/// second one imports its own.
/// </summary>
internal sealed class ReadyKey<T>(Func<T> import)
    where T : class, IDisposable
{
    private T? idle;

    public TResult Use<TResult>(Func<T, TResult> use)
    {
        var key = Interlocked.Exchange(ref idle, null) ?? import();
        try
        {
            return use(key);
        }
        finally
        {
            Interlocked.Exchange(ref idle, key)?.Dispose();
        }
    }
}
