using System.Security.Cryptography.X509Certificates;

namespace Portal.Mail.Backends;

/// <summary>Where a protocol server finds its certificate. Read at each EHLO and each handshake, so a renewed one is used at once.</summary>
public interface ITlsCertificateSource
{
    /// <summary>The certificate with its private key; null means STARTTLS is not offered. Must stay undisposed while handshakes may use it.</summary>
    X509Certificate2? Current { get; }

    /// <summary>Certificates sent after the leaf, nearest first; read when <see cref="Current"/> becomes another object.</summary>
    X509Certificate2Collection Intermediates => [];
}
