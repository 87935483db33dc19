using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Portal.Web.InstallationKeys;

/// <summary>
/// The certificate of every TLS listener. PEM files are read again when they change, so that a renewal needs no restart; what
/// cannot be read leaves the certificate in place that there was.
/// </summary>
internal sealed class TlsCertificateSource
{
    /// <summary>How often files are looked at, at most; sessions that start in between get the certificate there was.</summary>
    public static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(10);

    private readonly string _certificateFile;
    private readonly string _keyFile;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private Loaded _current;
    private long _checkedAt;

    private TlsCertificateSource(string certificateFile, string keyFile, bool isSelfSigned, TimeProvider time, ILogger logger)
    {
        _certificateFile = certificateFile;
        _keyFile = keyFile;
        _time = time;
        _logger = logger;
        IsSelfSigned = isSelfSigned;
        _current = Load(Stamp());
        _checkedAt = time.GetTimestamp();
    }

    /// <summary>True: made here, and no client trusts it by itself.</summary>
    public bool IsSelfSigned { get; }

    /// <param name="keyDirectory">Where the self-signed one is kept.</param>
    /// <param name="certificatePath">PEM file, the server's certificate first, then its issuers. Null: self-signed.</param>
    /// <param name="keyPath">PEM file of its private key, not encrypted; null: in the certificate's file.</param>
    /// <exception cref="TlsCertificateException">The files cannot be used.</exception>
    public static TlsCertificateSource Open(string keyDirectory, string? certificatePath, string? keyPath, TimeProvider time, ILogger logger)
    {
        if (!string.IsNullOrEmpty(certificatePath))
            return new TlsCertificateSource(certificatePath, string.IsNullOrEmpty(keyPath) ? certificatePath : keyPath, isSelfSigned: false, time, logger);
        var own = SelfSignedTls.EnsureFile(keyDirectory, time);
        return new TlsCertificateSource(own, own, isSelfSigned: true, time, logger);
    }

    /// <summary>The certificate now, with its issuers.</summary>
    public SslStreamCertificateContext Current
    {
        get
        {
            lock (_gate)
            {
                if (_time.GetElapsedTime(_checkedAt) >= CheckInterval)
                    Refresh();
                return _current.Context;
            }
        }
    }

    /// <summary>What a server needs for one handshake: this certificate, TLS 1.2 and 1.3 only.</summary>
    public SslServerAuthenticationOptions ServerOptions() => new()
    {
        ServerCertificateContext = Current,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        AllowRenegotiation = false,
    };

    private void Refresh()
    {
        _checkedAt = _time.GetTimestamp();
        var stamp = Stamp();
        if (stamp == _current.Stamp)
            return;
        try
        {
            _current = Load(stamp);
            _logger.CertificateRead(_certificateFile, _current.Context.TargetCertificate.NotAfter.ToUniversalTime());
        }
        catch (TlsCertificateException unusable)
        {
            // Looked at again when the files change next: a renewal may be half written.
            _current = _current with { Stamp = stamp };
            _logger.CertificateUnusable(unusable.Message);
        }
    }

    private Loaded Load((FileStamp, FileStamp) stamp)
    {
        try
        {
            var certificate = X509Certificate2.CreateFromPemFile(_certificateFile, _keyFile);
            var issuers = new X509Certificate2Collection();
            issuers.ImportFromPemFile(_certificateFile);
            return new Loaded(SslStreamCertificateContext.Create(certificate, issuers, offline: true), stamp);
        }
        catch (Exception unusable) when (unusable is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new TlsCertificateException(_certificateFile, _keyFile, unusable);
        }
    }

    private (FileStamp, FileStamp) Stamp() => (FileStamp.Of(_certificateFile), FileStamp.Of(_keyFile));

    private sealed record Loaded(SslStreamCertificateContext Context, (FileStamp, FileStamp) Stamp);

    private readonly record struct FileStamp(string Target, DateTime Written)
    {
        /// <summary>Of what a link points to: ACME clients renew by pointing it at a new file.</summary>
        public static FileStamp Of(string file)
        {
            var target = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
            return new FileStamp(target, File.GetLastWriteTimeUtc(target));
        }
    }
}

/// <summary>The configured certificate or key cannot be used.</summary>
internal sealed class TlsCertificateException(string certificateFile, string keyFile, Exception cause)
    : Exception($"The TLS certificate {certificateFile} with key {keyFile} cannot be used: {cause.Message} Check Portal:Tls:CertificatePath and Portal:Tls:KeyPath.", cause);
