using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Submission;

/// <summary>One message that somebody hands in, and how.</summary>
/// <param name="IsTlsFirst">TLS from the first octet; else STARTTLS.</param>
/// <param name="Mechanism">PLAIN or LOGIN.</param>
/// <param name="Authority">PEM file of the certificate that the server must show.</param>
internal sealed record Handing(
    int Port, bool IsTlsFirst, string Mechanism, string Username, string Password, string From, string To, byte[] Mail, string Authority);

/// <summary>Programs that people send with. Each checks the server's certificate, and says whether the message was taken and what it heard.</summary>
internal static class MailProgram
{
    /// <summary>What each names itself; nobody else is to learn it.</summary>
    public const string ClientName = "laptop.client.example";

    private const string Server = "127.0.0.1";

    private const string Script = $"""
        import smtplib, ssl, sys
        port, tls_first, mechanism, user, password, sender, recipient, authority = sys.argv[1:]
        context = ssl.create_default_context(cafile=authority)
        if tls_first == 'True':
            client = smtplib.SMTP_SSL('{Server}', int(port), '{ClientName}', context=context)
        else:
            client = smtplib.SMTP('{Server}', int(port), '{ClientName}')
            client.starttls(context=context)
        with client:
            client.ehlo()
            client.user, client.password = user, password
            client.auth(mechanism, getattr(client, 'auth_' + mechanism.lower()))
            client.sendmail(sender, [recipient], sys.stdin.buffer.read())
        """;

    public static Task<(bool IsTaken, string Said)> HandInAsync(string program, Handing handing) => program switch
    {
        "swaks" => SwaksAsync(handing),
        "curl" => CurlAsync(handing),
        "smtplib" => SmtplibAsync(handing),
        "MailKit" => MailKitAsync(handing),
        _ => throw new ArgumentOutOfRangeException(nameof(program), program, null),
    };

    private static Task<(bool IsTaken, string Said)> SwaksAsync(Handing handing) => RunAsync(
        "swaks",
        [
            "--server", Server, "--port", $"{handing.Port}", handing.IsTlsFirst ? "--tls-on-connect" : "--tls", "--tls-verify", "--tls-ca-path", handing.Authority,
            "--ehlo", ClientName, "--auth", handing.Mechanism, "--auth-user", handing.Username, "--auth-password", handing.Password,
            "--from", handing.From, "--to", handing.To, "--data", "-",
        ],
        Senders.ForSwaks(handing.Mail));

    private static Task<(bool IsTaken, string Said)> CurlAsync(Handing handing) => RunAsync(
        "curl",
        [
            "--verbose", "--silent", "--show-error", "--cacert", handing.Authority, "--ssl-reqd", "--login-options", $"AUTH={handing.Mechanism}",
            "--user", $"{handing.Username}:{handing.Password}", "--mail-from", handing.From, "--mail-rcpt", handing.To, "--upload-file", "-",
            $"{(handing.IsTlsFirst ? "smtps" : "smtp")}://{Server}:{handing.Port}/{ClientName}",
        ],
        handing.Mail);

    private static Task<(bool IsTaken, string Said)> SmtplibAsync(Handing handing) => RunAsync(
        "python3",
        [
            "-c", Script, $"{handing.Port}", $"{handing.IsTlsFirst}", handing.Mechanism, handing.Username, handing.Password,
            handing.From, handing.To, handing.Authority,
        ],
        handing.Mail);

    private static async Task<(bool IsTaken, string Said)> RunAsync(string program, IEnumerable<string> arguments, byte[] input)
    {
        var (exitCode, output, error) = await Tool.TryAsync(program, arguments, input);
        return (exitCode == 0, $"{Encoding.UTF8.GetString(output)}\n{error}");
    }

    private static async Task<(bool IsTaken, string Said)> MailKitAsync(Handing handing)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var expected = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(handing.Authority, cancel));
        using var client = new SmtpClient { LocalDomain = ClientName };
        client.ServerCertificateValidationCallback = (_, shown, _, _) => shown is not null && shown.GetRawCertData().AsSpan().SequenceEqual(expected.RawData);
        using var bytes = new MemoryStream(handing.Mail);
        using var message = await MimeMessage.LoadAsync(bytes, cancel);
        try
        {
            await client.ConnectAsync(Server, handing.Port, handing.IsTlsFirst ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls, cancel);
            await client.AuthenticateAsync(MechanismOf(handing), cancel);
            var said = await client.SendAsync(message, MailboxAddress.Parse(handing.From), [MailboxAddress.Parse(handing.To)], cancel);
            await client.DisconnectAsync(quit: true, cancel);
            return (true, said);
        }
        catch (AuthenticationException refused)
        {
            return (false, refused.Message);
        }
        catch (SmtpCommandException refused)
        {
            return (false, string.Create(CultureInfo.InvariantCulture, $"{(int)refused.StatusCode} {refused.Message}"));
        }
    }

    private static SaslMechanism MechanismOf(Handing handing) => handing.Mechanism == "PLAIN"
        ? new SaslMechanismPlain(handing.Username, handing.Password)
        : new SaslMechanismLogin(handing.Username, handing.Password);
}
