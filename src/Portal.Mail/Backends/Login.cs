namespace Portal.Mail.Backends;

/// <summary>What a client signs in with.</summary>
/// <param name="Mechanism"><c>PLAIN</c> (RFC 4616) or <c>LOGIN</c>.</param>
/// <param name="Username">As sent, at most 320 characters; may be empty. Free of control characters, otherwise any text.</param>
/// <param name="Password">As sent; may be empty. Valid only during the call that it is given to.</param>
public sealed record SaslCredentials(string Mechanism, string Username, Secret Password);

/// <summary>Who a session is signed in as.</summary>
/// <param name="Username">The name that the host settled on; logs may carry it.</param>
/// <param name="Tag">The host's own, untouched.</param>
/// <param name="Ended">Fires when the credential ends: the session is told <c>421 4.7.0</c> and closed at once, also amid message
/// data, which is dropped. A call of the backend that is under way is finished and answered first.</param>
/// <param name="Lease">Disposed exactly once, when the session ends, however it ends.</param>
public sealed record AuthenticatedLogin(string Username, object? Tag, CancellationToken Ended, IDisposable? Lease);

/// <summary>The host's answer to a login.</summary>
/// <param name="Reply">2xx signs in: the peer gets it when its code is 235, else <c>235 2.7.0</c>.</param>
/// <param name="Login">Given with a 2xx reply. With any other its lease is disposed at once.</param>
public sealed record LoginDecision(SmtpReply Reply, AuthenticatedLogin? Login);
