using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Portal.Mail.Backends;

namespace Portal.Mail.Transport;

/// <summary>Makes the server side of TLS from the host's current certificate.</summary>
internal sealed class TlsUpgrade(ITlsCertificateSource? source)
{
    private sealed record Prepared(X509Certificate2 Certificate, SslStreamCertificateContext Context);

    private Prepared? _prepared;

    public bool IsOffered => source?.Current is not null;

    /// <summary>Null when the host has no certificate (any more).</summary>
    public SslServerAuthenticationOptions? CurrentOptions()
    {
        if (source?.Current is not { } certificate)
            return null;

        var prepared = Volatile.Read(ref _prepared);
        if (prepared is null || !ReferenceEquals(prepared.Certificate, certificate))
        {
            prepared = new Prepared(
                certificate,
                SslStreamCertificateContext.Create(certificate, source.Intermediates, offline: true));
            Volatile.Write(ref _prepared, prepared);
        }

        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = prepared.Context,
#pragma warning disable CA5398 // The floor is ours to set: nothing below TLS 1.2, whatever the system allows.
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
#pragma warning restore CA5398
            AllowRenegotiation = false,
        };
    }

    public static string NameOf(SslProtocols protocol) => protocol == SslProtocols.Tls13 ? "TLSv1.3" : "TLSv1.2";
}
