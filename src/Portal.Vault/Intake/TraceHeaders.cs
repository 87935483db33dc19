using System.Globalization;
using System.Net.Sockets;

namespace Portal.Vault.Intake;

/// <summary>What we add to a message before it is sealed, each line ended by CRLF.</summary>
internal static class TraceHeaders
{
    /// <summary>
    /// Received (RFC 5321 section 4.4) and Authentication-Results (RFC 8601 section 2.2; "none" while no check is made).
    /// </summary>
    public static string For(IntakeEnvelope envelope, IntakeRecipient recipient, string hostName, DateTimeOffset receivedAt)
    {
        var peer = envelope.Peer;
        var literal = peer.Address.AddressFamily == AddressFamily.InterNetworkV6 ? $"IPv6:{peer.Address}" : peer.Address.ToString();
        var protocol = (peer.IsEsmtp, peer.Tls) switch { (true, not null) => "ESMTPS", (true, null) => "ESMTP", _ => "SMTP" };
        var tls = peer.Tls is null ? string.Empty : $"\r\n (using {peer.Tls})";
        var date = receivedAt.ToUniversalTime().ToString("ddd, d MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture);
        return $"Received: from {peer.Name ?? "unknown"} ([{literal}]){tls}\r\n" +
            $" by {hostName} with {protocol} id {envelope.PassportId:N}\r\n" +
            $" for <{recipient.Address}>;\r\n {date}\r\n" +
            $"Authentication-Results: {hostName}; none\r\n";
    }
}
