using System.Security.Cryptography.X509Certificates;
using Portal.Mail.Backends;
using Portal.Web.InstallationKeys;

namespace Portal.Web.MailHosting;

/// <summary>The installation's TLS certificate, as the mail servers ask for it.</summary>
internal sealed class MailTls(TlsCertificateSource source) : ITlsCertificateSource
{
    public X509Certificate2? Current => source.Current.TargetCertificate;

    public X509Certificate2Collection Intermediates => [.. source.Current.IntermediateCertificates];
}
