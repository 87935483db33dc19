using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Portal.Platform.Accounts.Sessions;

/// <summary>Remembers for a moment what the database said of a session or token. Bounded; nothing that was refused is kept.</summary>
public sealed class AccountCache(IOptions<PlatformOptions> options, TimeProvider time) : IDisposable
{
    private const int MostEntries = 100_000;

    private readonly MemoryCache entries = new(new MemoryCacheOptions { SizeLimit = MostEntries });
    private readonly TimeSpan lifetime = options.Value.CredentialCacheLifetime;

    public async ValueTask<T?> GetOrLoadAsync<T>(object key, Func<CancellationToken, Task<T?>> load, CancellationToken cancellationToken)
        where T : class
    {
        if (entries.TryGetValue(key, out Entry? entry) && time.GetElapsedTime(entry!.At) < lifetime)
            return (T)entry.Value;

        // The age counts from before the question: what is revoked while it is answered is not believed for longer.
        var asked = time.GetTimestamp();
        var value = await load(cancellationToken);
        if (value is null)
        {
            entries.Remove(key);
            return null;
        }

        using var stored = entries.CreateEntry(key);
        stored.Value = new Entry(value, asked);
        stored.Size = 1;
        stored.SlidingExpiration = TimeSpan.FromMinutes(1);
        return value;
    }

    public void Drop(object key) => entries.Remove(key);

    /// <summary>Nothing is believed any more: something has changed, and entries live for a moment only.</summary>
    public void Clear() => entries.Clear();

    public void Dispose() => entries.Dispose();

    private sealed record Entry(object Value, long At);
}
