namespace Portal.Mail.Smtp.Replies;

/// <summary>What submission alone can refuse. Codes: RFC 4954 section 6, RFC 3207 section 4, RFC 3463 section 3.</summary>
internal static class SubmissionRefusals
{
    // What has to come first.
    public static readonly Refusal TlsFirst = new(530, new(5, 7, 0), "Must issue a STARTTLS command first", "tls_required");
    public static readonly Refusal AuthFirst = new(530, new(5, 7, 0), "Authentication required", "auth_required");
    public static readonly Refusal AlreadySignedIn = new(503, new(5, 5, 1), "Already signed in", "sequence_already_signed_in");

    // AUTH.
    public static readonly Refusal AuthMechanism = new(504, new(5, 5, 4), "Mechanism not offered", "auth_mechanism_unknown");
    public static readonly Refusal AuthMalformed = new(501, new(5, 5, 2), "Authentication data not understood", "auth_malformed");
    public static readonly Refusal AuthLineTooLong = new(500, new(5, 5, 6), "Authentication line too long", "auth_line_too_long");
    public static readonly Refusal AuthCancelled = new(501, new(5, 7, 0), "Authentication cancelled", "auth_cancelled");
    public static readonly Refusal AuthFailed = new(535, new(5, 7, 8), "Authentication credentials invalid", "auth_failed");
    public static readonly Refusal AuthUnavailable = new(454, new(4, 7, 0), "Temporary authentication failure", "auth_unavailable");

    // The end of a session.
    public static readonly Refusal LoginTimeout = new(421, new(4, 4, 2), "Timeout waiting for a login", "timeout_login");
    public static readonly Refusal TooManyAuthFailures = new(421, new(4, 7, 0), "Too many failed logins", "auth_failures_too_many");
    public static readonly Refusal LoginEnded = new(421, new(4, 7, 0), "The login has ended, sign in again", "login_ended");
    public static readonly Refusal DisconnectedInAuth = new(421, new(4, 4, 2), "Connection lost", "disconnected_in_auth");
}
