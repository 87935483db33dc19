namespace Portal.Vault.Credentials;

/// <summary>Where mail programs find this installation's servers, as people are told.</summary>
/// <param name="SmtpPort">As it is told first; see <paramref name="SmtpSecurity"/>.</param>
/// <param name="SmtpSecurity">TLS (from the first octet) or STARTTLS.</param>
/// <param name="SmtpStartTlsPort">For programs that know STARTTLS only.</param>
/// <param name="ImapSecurity">TLS (from the first octet) or STARTTLS.</param>
public sealed record MailServerNames(string Host, int SmtpPort, string SmtpSecurity, int ImapPort, string ImapSecurity, int SmtpStartTlsPort)
{
    internal DeviceServer Smtp => new(Host, SmtpPort, SmtpSecurity);

    internal DeviceServer Imap => new(Host, ImapPort, ImapSecurity);
}
