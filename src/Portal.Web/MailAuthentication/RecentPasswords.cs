using System.Runtime.InteropServices;
using Portal.Passwords;

namespace Portal.Web.MailAuthentication;

/// <summary>A name with its protocol and password, told by no more than their HMAC.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PasswordKey(UInt128 High, UInt128 Low);

/// <param name="Credential">Whose the name is; null when it is nobody's.</param>
/// <param name="PasswordId">Which of its passwords it was, when it was right.</param>
/// <param name="Hash">The stored hash that it fitted; null: it was wrong.</param>
internal sealed record JudgedPassword(CredentialPoolState Pool, Credential? Credential, Guid PasswordId, string? Hash)
{
    public bool IsRight => Hash is not null;

    /// <summary>Whose change ends it.</summary>
    public IReadOnlyList<Guid> Ids { get; } = Credential is null
        ? []
        : [.. new[] { Credential.Id, Credential.UserId, Credential.VaultboxId ?? Credential.Id }.Distinct()];
}

/// <summary>Bounded, all living equally long, found by key and by whom they belong to. Not for several threads at once.</summary>
internal sealed class RecentPasswords(TimeSpan lifetime, int most, TimeProvider time)
{
    private readonly Dictionary<PasswordKey, Entry> entries = [];
    private readonly Dictionary<Guid, HashSet<PasswordKey>> byId = [];
    // All live equally long, so the oldest are first.
    private readonly Queue<(PasswordKey Key, Entry Entry)> order = [];

    private sealed record Entry(JudgedPassword Judged, long At);

    public int Count => entries.Count;

    public JudgedPassword? Find(PasswordKey key) =>
        entries.TryGetValue(key, out var entry) && time.GetElapsedTime(entry.At) < lifetime ? entry.Judged : null;

    public void Add(PasswordKey key, JudgedPassword judged)
    {
        if (most == 0)
            return;
        MakeRoom();
        Remove(key);
        var entry = new Entry(judged, time.GetTimestamp());
        entries[key] = entry;
        order.Enqueue((key, entry));
        foreach (var id in judged.Ids)
            (CollectionsMarshal.GetValueRefOrAddDefault(byId, id, out _) ??= []).Add(key);
    }

    public void Forget(Guid id)
    {
        foreach (var key in byId.TryGetValue(id, out var keys) ? keys.ToArray() : [])
            Remove(key);
    }

    public void Forget(CredentialPoolState pool)
    {
        foreach (var key in entries.Where(pair => pair.Value.Judged.Pool == pool).Select(pair => pair.Key).ToArray())
            Remove(key);
    }

    private void MakeRoom()
    {
        while (order.TryPeek(out var oldest) && (order.Count >= most || time.GetElapsedTime(oldest.Entry.At) >= lifetime))
        {
            order.Dequeue();
            // It may have been forgotten, or learnt anew, since.
            if (entries.TryGetValue(oldest.Key, out var entry) && ReferenceEquals(entry, oldest.Entry))
                Remove(oldest.Key);
        }
    }

    private void Remove(PasswordKey key)
    {
        if (!entries.Remove(key, out var entry))
            return;
        foreach (var id in entry.Judged.Ids)
        {
            if (byId.TryGetValue(id, out var keys) && keys.Remove(key) && keys.Count == 0)
                byId.Remove(id);
        }
    }
}
