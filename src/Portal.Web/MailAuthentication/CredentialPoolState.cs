using Portal.Passwords;

namespace Portal.Web.MailAuthentication;

/// <summary>A pool, and how well this instance knows what changes in it.</summary>
internal sealed class CredentialPoolState(ICredentialPool pool)
{
    private long version;
    private volatile bool isHeard;

    public ICredentialPool Pool => pool;

    /// <summary>Whether changes are heard now: what was learnt before can be believed.</summary>
    public bool IsHeard
    {
        get => isHeard;
        set => isHeard = value;
    }

    /// <summary>Counts changes, so that what was read before one is not remembered after it.</summary>
    public long Version => Interlocked.Read(ref version);

    public void Advance() => Interlocked.Increment(ref version);
}

/// <summary>The pools of this instance.</summary>
internal sealed class CredentialPools(IEnumerable<ICredentialPool> pools)
{
    public IReadOnlyList<CredentialPoolState> All { get; } = [.. pools.Select(pool => new CredentialPoolState(pool))];

    /// <summary>The one pool that is asked for a name.</summary>
    public CredentialPoolState Of(string name) => All.First(state => state.Pool.Owns(name));
}
