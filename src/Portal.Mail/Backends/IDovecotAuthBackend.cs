using System.Net;

namespace Portal.Mail.Backends;

/// <summary>A login that another mail server asks about over Dovecot's auth client protocol.</summary>
/// <param name="Service">What the user signs in to, as that server calls it: <c>smtp</c>, <c>imap</c>, …</param>
/// <param name="Credentials">The password is wiped when the call returns.</param>
/// <param name="RemoteAddress">The user's address as that server saw it (an IPv4-mapped one as IPv4), or null when not told.</param>
/// <param name="IsSecured">The user's connection is encrypted, so that server says.</param>
/// <param name="LocalName">The TLS server name that the user's client asked for, or null when not told.</param>
public sealed record DovecotAuthRequest(
    string Service, SaslCredentials Credentials, IPAddress? RemoteAddress, bool IsSecured, string? LocalName);

/// <summary>The host's answer to a <see cref="DovecotAuthRequest"/>.</summary>
public sealed record DovecotAuthDecision
{
    private DovecotAuthDecision(string? username, bool isTemporary)
    {
        Username = username;
        IsTemporary = isTemporary;
    }

    /// <summary>Not now: the other server tells its client to come back (454 in SMTP).</summary>
    public static DovecotAuthDecision TryLater { get; } = new(null, isTemporary: true);

    /// <summary>Unknown name, wrong password, or not allowed: which of them is not told.</summary>
    public static DovecotAuthDecision Refused { get; } = new(null, isTemporary: false);

    /// <summary>Who the user is signed in as; null when not accepted.</summary>
    public string? Username { get; }

    public bool IsTemporary { get; }

    /// <param name="username">What the other server takes as the user's name from here on.</param>
    public static DovecotAuthDecision Accepted(string username) => new(username, isTemporary: false);
}

/// <summary>
/// What the Dovecot auth server asks of its host. One instance serves all connections at once; an exception, and a token that fired,
/// count as <see cref="DovecotAuthDecision.TryLater"/>.
/// </summary>
public interface IDovecotAuthBackend
{
    ValueTask<DovecotAuthDecision> AuthenticateAsync(DovecotAuthRequest request, CancellationToken cancellationToken);
}
