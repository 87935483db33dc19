namespace Portal.Passwords;

/// <summary>The password of a credential and, while a rotation's overlap runs, the one before it. No third one ever works.</summary>
/// <param name="Id">Names the password, so that it can be told who used which; never the password itself.</param>
/// <param name="Selector">Leading group; null for one that was not generated here.</param>
/// <param name="Hash">See <see cref="CredentialHash"/>.</param>
/// <param name="PreviousValidUntil">When the previous one stops working; null exactly when there is none.</param>
public sealed record PasswordPair(
    Guid Id, string? Selector, string Hash, Guid? PreviousId, string? PreviousSelector, string? PreviousHash, DateTimeOffset? PreviousValidUntil)
{
    /// <summary>Longest overlap that can be asked for.</summary>
    public static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(30);

    public static readonly TimeSpan DefaultOverlap = TimeSpan.FromHours(24);

    /// <summary>A credential's first password.</summary>
    public static PasswordPair First(string? selector, string hash) => new(Guid.NewGuid(), selector, hash, null, null, null, null);

    public bool IsOverlapping(DateTimeOffset now) => PreviousHash is not null && now < PreviousValidUntil;

    /// <summary>The new password works at once; the present one until the overlap is over, an older one no more.</summary>
    /// <param name="overlap">Zero: only the new one works.</param>
    public PasswordPair Rotate(string? selector, string hash, DateTimeOffset now, TimeSpan overlap) => overlap <= TimeSpan.Zero
        ? First(selector, hash)
        : new PasswordPair(Guid.NewGuid(), selector, hash, Id, Selector, Hash, now + overlap);

    /// <summary>The previous password is the only one again.</summary>
    /// <returns>Null when there is none, or its time is over.</returns>
    public PasswordPair? Undo(DateTimeOffset now) => IsOverlapping(now)
        ? new PasswordPair(PreviousId!.Value, PreviousSelector, PreviousHash!, null, null, null, null)
        : null;

    /// <summary>The one that a typed password's leading group points at, to be checked; null when it points at neither.</summary>
    public (Guid Id, string Hash)? Choose(string? selector, DateTimeOffset now)
    {
        if (Selector is null || string.Equals(Selector, selector, StringComparison.Ordinal))
            return (Id, Hash);
        return IsOverlapping(now) && (PreviousSelector is null || string.Equals(PreviousSelector, selector, StringComparison.Ordinal))
            ? (PreviousId!.Value, PreviousHash!)
            : null;
    }

    /// <summary>The hash of one of the two passwords, as long as it works; null for any other.</summary>
    public string? HashOf(Guid id, DateTimeOffset now)
    {
        if (id == Id)
            return Hash;
        return IsOverlapping(now) && id == PreviousId ? PreviousHash : null;
    }

    /// <summary>Without a previous password whose time is over.</summary>
    public PasswordPair Cleaned(DateTimeOffset now) => IsOverlapping(now) ? this : new PasswordPair(Id, Selector, Hash, null, null, null, null);
}
