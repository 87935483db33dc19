using System.Net;
using Portal.Passwords;

namespace Portal.Web.MailAuthentication;

/// <summary>A mail program signs in.</summary>
/// <param name="Username">As sent.</param>
/// <param name="Address">Null when it is not known.</param>
/// <param name="ClientName">What the program called itself, for its owner to recognise it.</param>
internal sealed record SignInAttempt(string Username, CredentialProtocol Protocol, IPAddress? Address, string? ClientName)
{
    /// <summary>Longest name that is looked up: an address.</summary>
    private const int LongestName = 320;

    /// <summary>As names are stored.</summary>
    public string Name { get; } = Normalised(Username);

    private static string Normalised(string username)
    {
        var name = username.Trim().ToLowerInvariant();
        // A text that PostgreSQL or nobody would take is the name of nobody.
        return name.Length > LongestName || name.Contains('\0', StringComparison.Ordinal) ? string.Empty : name;
    }
}

internal enum SignInVerdict
{
    Accepted,

    /// <summary>Unknown name or wrong password: which of them is not told.</summary>
    Wrong,

    /// <summary>The password is right, and the credential does not work at present or from there.</summary>
    Paused,
    Suspended,
    Expired,
    OtherProtocol,
    OtherNetwork,

    /// <summary>Too many failures from there, or for that name: come back later.</summary>
    TooMany,

    /// <summary>Too many checks wait: come back later.</summary>
    Busy,

    /// <summary>The database that knows does not answer: come back later.</summary>
    Unavailable,
}

/// <param name="Credential">Set when the password is right.</param>
/// <param name="PasswordId">Which of the credential's passwords it was.</param>
/// <param name="Pool">Whose the name is.</param>
/// <param name="Version">The pool's count of changes before the credential was read.</param>
internal sealed record SignInResult(SignInVerdict Verdict, CredentialPoolState Pool, Credential? Credential = null, Guid PasswordId = default, long Version = 0)
{
    /// <summary>The very same was judged a moment ago.</summary>
    public bool IsRepeated { get; init; }
}
