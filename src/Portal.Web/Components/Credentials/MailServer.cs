namespace Portal.Web.Components.Credentials;

/// <summary>What people type into a mail program to send.</summary>
/// <param name="TlsPort">TLS from the first octet.</param>
/// <param name="StartTlsPort">TLS after STARTTLS.</param>
public sealed record MailServer(string Host, int TlsPort, int StartTlsPort);
