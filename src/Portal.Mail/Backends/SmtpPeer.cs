using System.Net;

namespace Portal.Mail.Backends;

/// <summary>Who is connected, as far as the protocol knows.</summary>
/// <param name="SessionId">One per connection.</param>
/// <param name="Address">The remote address; an IPv4-mapped IPv6 address is given as IPv4.</param>
/// <param name="HeloName">What the peer called itself (unverified; letters, digits and <c>.-_:[]</c> only), or null before HELO or EHLO.</param>
/// <param name="IsEsmtp">True after EHLO, false after HELO and before either.</param>
/// <param name="TlsProtocol"><c>TLSv1.2</c>, <c>TLSv1.3</c>, or null in clear.</param>
public sealed record SmtpPeer(Guid SessionId, IPAddress Address, string? HeloName, bool IsEsmtp, string? TlsProtocol)
{
    /// <summary>Who is signed in on submission; null before AUTH, and always on intake.</summary>
    public AuthenticatedLogin? Login { get; init; }
}
