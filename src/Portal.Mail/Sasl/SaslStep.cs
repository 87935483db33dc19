using Portal.Mail.Backends;

namespace Portal.Mail.Sasl;

internal enum SaslStepKind
{
    /// <summary>The client has to answer a challenge.</summary>
    Challenge,

    /// <summary>Name and password are there.</summary>
    Complete,

    /// <summary>Not base64, or not what the mechanism asks for.</summary>
    Malformed,

    /// <summary>The client wants to act as somebody else than it signs in as.</summary>
    OtherIdentity,

    /// <summary>Nobody has so long a name.</summary>
    NameTooLong,
}

/// <param name="Challenge">In base64; may be empty.</param>
/// <param name="Credentials">Whoever takes them disposes the password.</param>
internal readonly record struct SaslStep(SaslStepKind Kind, string Challenge = "", SaslCredentials? Credentials = null);
