using System.Globalization;
using System.Net.Sockets;

namespace Portal.Vault.Intake;

/// <summary>What we add to a message before it is sealed, each line ended by CRLF.</summary>
internal static class TraceHeaders
{
    /// <summary>
    /// Received (RFC 5321 section 4.4, protocols of RFC 3848) and Authentication-Results (RFC 8601 section 2.2; "none" while no check is
    /// made). Of a message that a user of ours handed in it does not tell from where.
    /// </summary>
    public static string For(IntakeEnvelope envelope, IntakeRecipient recipient, string hostName, DateTimeOffset receivedAt)
    {
        var peer = envelope.Peer;
        var literal = peer.Address.AddressFamily == AddressFamily.InterNetworkV6 ? $"IPv6:{peer.Address}" : peer.Address.ToString();
        var protocol = (peer.IsAuthenticated, peer.IsEsmtp, peer.Tls) switch
        {
            (true, _, not null) => "ESMTPSA",
            (true, _, null) => "ESMTPA",
            (_, true, not null) => "ESMTPS",
            (_, true, null) => "ESMTP",
            _ => "SMTP",
        };
        var from = peer.IsAuthenticated ? "submission (client not told)" : $"{peer.Name ?? "unknown"} ([{literal}])";
        var results = peer.IsAuthenticated ? "auth=pass" : "none";
        var tls = peer.Tls is null ? string.Empty : $"\r\n (using {peer.Tls})";
        var date = receivedAt.ToUniversalTime().ToString("ddd, d MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture);
        return $"Received: from {from}{tls}\r\n" +
            $" by {hostName} with {protocol} id {envelope.PassportId:N}\r\n" +
            $" for <{recipient.Address}>;\r\n {date}\r\n" +
            $"Authentication-Results: {hostName}; {results}\r\n";
    }
}
