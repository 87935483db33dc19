using Portal.Passwords;

namespace Portal.Web.MailAuthentication;

/// <summary>A pool, and how well this instance knows what changes in it.</summary>
internal sealed class CredentialPoolState(ICredentialPool pool)
{
    /// <summary>Changes that are told apart; who read the database before all of them may have missed any.</summary>
    private const int Remembered = 1024;

    private readonly Lock gate = new();
    private readonly Queue<Guid> recent = new(Remembered);
    private long version;
    private long blindBefore;
    private volatile bool isHeard;

    public ICredentialPool Pool => pool;

    /// <summary>Whether changes are heard now: what was learnt before can be believed.</summary>
    public bool IsHeard
    {
        get => isHeard;
        set => isHeard = value;
    }

    /// <summary>Counts changes. To be asked before the database is.</summary>
    public long Version
    {
        get
        {
            lock (gate)
                return version;
        }
    }

    public void NoteChange(Guid id)
    {
        lock (gate)
        {
            version++;
            recent.Enqueue(id);
            if (recent.Count > Remembered)
                recent.Dequeue();
        }
    }

    /// <summary>Changes may have been missed: whatever was read before now counts for nothing.</summary>
    public void NoteBlindness()
    {
        lock (gate)
        {
            blindBefore = ++version;
            recent.Clear();
        }
    }

    /// <summary>Whether one of the ids changed since the pool was at this version, as far as can be told.</summary>
    public bool MayHaveChanged(IReadOnlyCollection<Guid> ids, long since)
    {
        lock (gate)
        {
            if (since < blindBefore || version - since > recent.Count)
                return true;
            return recent.Skip(recent.Count - (int)(version - since)).Any(ids.Contains);
        }
    }
}

/// <summary>The pools of this instance.</summary>
internal sealed class CredentialPools(IEnumerable<ICredentialPool> pools)
{
    public IReadOnlyList<CredentialPoolState> All { get; } = [.. pools.Select(pool => new CredentialPoolState(pool))];

    /// <summary>The one pool that is asked for a name.</summary>
    public CredentialPoolState Of(string name) => All.First(state => state.Pool.Owns(name));
}
