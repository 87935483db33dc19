using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Portal.Passwords;

namespace Portal.Web.MailAuthentication;

/// <summary>
/// Passwords that bcrypt has judged lately, by HMAC-SHA-256 under a key that lives as long as the process: neither password nor hash can
/// be had from it. Right ones and wrong ones alike, so that a program that repeats itself costs nothing.
/// </summary>
internal sealed class CheckedPasswords(IOptions<MailAuthenticationOptions> options, TimeProvider time)
{
    private readonly byte[] secret = RandomNumberGenerator.GetBytes(32);
    private readonly Lock gate = new();
    private readonly Dictionary<Key, Entry> entries = [];
    private readonly Dictionary<Guid, HashSet<Key>> byId = [];
    // All live equally long, so the oldest are first.
    private readonly Queue<(Key Key, Entry Entry)> order = [];

    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Key(UInt128 High, UInt128 Low);

    /// <param name="Credential">Null: the password was wrong.</param>
    /// <param name="Hash">The stored hash that it fitted.</param>
    internal sealed record Entry(CredentialPoolState Pool, Credential? Credential, Guid PasswordId, string? Hash, long At);

    public int Count
    {
        get
        {
            lock (gate)
                return entries.Count;
        }
    }

    public Key KeyOf(string name, CredentialProtocol protocol, string password)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var text = Encoding.UTF8.GetBytes($"{protocol}\0{name}\0{password}");
        HMACSHA256.HashData(secret, text, mac);
        CryptographicOperations.ZeroMemory(text);
        return MemoryMarshal.Read<Key>(mac);
    }

    public Entry? Find(Key key)
    {
        lock (gate)
            return entries.TryGetValue(key, out var entry) && time.GetElapsedTime(entry.At) < options.Value.CacheLifetime ? entry : null;
    }

    /// <param name="version">The pool's, before the database was asked: with a change since, nothing is remembered.</param>
    public void Remember(Key key, CredentialPoolState pool, long version, Credential? credential, Guid passwordId, string? hash)
    {
        var entry = new Entry(pool, credential, passwordId, hash, time.GetTimestamp());
        lock (gate)
        {
            if (!pool.IsHeard || pool.Version != version || options.Value.CacheEntries == 0)
                return;
            MakeRoom();
            Forget(key);
            entries[key] = entry;
            order.Enqueue((key, entry));
            foreach (var id in IdsOf(entry))
                (CollectionsMarshal.GetValueRefOrAddDefault(byId, id, out _) ??= []).Add(key);
        }
    }

    /// <summary>What is remembered of a credential, a vaultbox or an owner; and every wrong password of the pool, for one of them may be right now.</summary>
    public void Forget(CredentialPoolState pool, Guid id)
    {
        lock (gate)
        {
            pool.Advance();
            foreach (var key in byId.TryGetValue(id, out var keys) ? keys.ToArray() : [])
                Forget(key);
            ForgetWhere(entry => entry.Credential is null && entry.Pool == pool);
        }
    }

    /// <summary>All of a pool: changes may have been missed.</summary>
    public void Forget(CredentialPoolState pool)
    {
        lock (gate)
        {
            pool.Advance();
            ForgetWhere(entry => entry.Pool == pool);
        }
    }

    private void ForgetWhere(Func<Entry, bool> isMeant)
    {
        foreach (var key in entries.Where(pair => isMeant(pair.Value)).Select(pair => pair.Key).ToArray())
            Forget(key);
    }

    private void MakeRoom()
    {
        while (order.TryPeek(out var oldest)
            && (entries.Count >= options.Value.CacheEntries || time.GetElapsedTime(oldest.Entry.At) >= options.Value.CacheLifetime))
        {
            order.Dequeue();
            // It may have been forgotten, or learnt anew, since.
            if (entries.TryGetValue(oldest.Key, out var entry) && ReferenceEquals(entry, oldest.Entry))
                Forget(oldest.Key);
        }
    }

    private void Forget(Key key)
    {
        if (!entries.Remove(key, out var entry))
            return;
        foreach (var id in IdsOf(entry))
        {
            if (byId.TryGetValue(id, out var keys) && keys.Remove(key) && keys.Count == 0)
                byId.Remove(id);
        }
    }

    private static IEnumerable<Guid> IdsOf(Entry entry)
    {
        if (entry.Credential is not { } credential)
            yield break;
        yield return credential.Id;
        yield return credential.UserId;
        if (credential.VaultboxId is { } vaultboxId)
            yield return vaultboxId;
    }
}
