using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Portal.Web.SystemMail;

/// <summary>Hands messages to the configured mail server, whose certificate is always verified.</summary>
internal sealed class SmartHost(IOptions<SystemMailOptions> options, SystemMailComposer composer, TimeProvider time)
{
    private readonly SystemMailOptions settings = options.Value;

    public bool IsConfigured => settings.IsConfigured;

    public async Task<DeliveryReport> SendAsync(string recipient, MimeMessage message, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(settings.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await ConverseAsync(recipient, message, either.Token);
            return DeliveryReport.Arrived;
        }
        catch (SmtpCommandException refusal)
        {
            var isForGood = (int)refusal.StatusCode >= 500
                && refusal.ErrorCode is SmtpErrorCode.SenderNotAccepted or SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted;
            return new DeliveryReport(isForGood ? DeliveryResult.Refused : DeliveryResult.TryLater, $"{settings.Host}: {(int)refusal.StatusCode} {refusal.Message}");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return DeliveryReport.TryLater($"{settings.Host} did not answer within {settings.Timeout.TotalSeconds:0} s.");
        }
        catch (Exception fault) when (Explain(fault) is { } reason)
        {
            return DeliveryReport.TryLater(reason);
        }
    }

    private async Task ConverseAsync(string recipient, MimeMessage message, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient();
        // A smart host in a closed network can seldom reach the lists of revoked certificates, and its failure would hold up everything.
        client.CheckCertificateRevocation = false;
        if (settings.CertificateAuthorityFile is { } authorities)
            client.ServerCertificateValidationCallback = (_, certificate, chain, errors) => IsSignedBy(authorities, certificate, chain, errors);
        var security = settings.Transport switch
        {
            SmartHostSecurity.Tls => SecureSocketOptions.SslOnConnect,
            SmartHostSecurity.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        };
        await client.ConnectAsync(settings.Host!, settings.ActualPort, security, cancellationToken);
        if (settings.SignsIn)
            await client.AuthenticateAsync(settings.UserName!, await ReadPasswordAsync(cancellationToken), cancellationToken);
        await client.SendAsync(message, composer.Sender, [new MailboxAddress(string.Empty, recipient)], cancellationToken);
        await client.DisconnectAsync(quit: true, cancellationToken);
    }

    private async Task<string> ReadPasswordAsync(CancellationToken cancellationToken) =>
        settings.Password ?? (await File.ReadAllTextAsync(settings.PasswordFile!, cancellationToken)).TrimEnd('\r', '\n');

    /// <summary>The name must fit and the chain must end at one of the authorities in the file; the system's own count for nothing then.</summary>
    private static bool IsSignedBy(string authorities, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 server || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (sent is not null)
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainElements.Select(element => element.Certificate).ToArray());
        return chain.Build(server);
    }

    private string? Explain(Exception fault) => fault switch
    {
        AuthenticationException => $"{settings.Host} did not take the user name and password.",
        SslHandshakeException => $"{settings.Host}: TLS failed. Its certificate is not trusted, does not carry this name, or the port speaks no TLS.",
        NotSupportedException => $"{settings.Host} does not offer what is asked of it: STARTTLS, or a way to sign in.",
        SocketException socket => $"{settings.Host} cannot be reached: {socket.SocketErrorCode}.",
        ProtocolException or IOException => $"{settings.Host} broke off: {fault.Message}",
        UnauthorizedAccessException => $"The password file {settings.PasswordFile} cannot be read.",
        _ => null,
    };
}
