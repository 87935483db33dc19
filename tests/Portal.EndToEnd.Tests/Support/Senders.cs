using System.Text;

namespace Portal.EndToEnd.Tests.Support;

/// <summary>Other people's SMTP clients.</summary>
public static class Senders
{
    /// <summary>Sends the bytes as they are, and fails unless the server took them.</summary>
    public static Task SendAsync(string sender, int port, string to, byte[] mail) => sender switch
    {
        "swaks" => Tool.RunAsync(
            "swaks", ["--server", "127.0.0.1", "--port", $"{port}", "--tls", "--from", "tomas@sender.example", "--to", to, "--data", "-", "--silent", "2"], ForSwaks(mail)),
        _ => Tool.RunAsync("python3", ["-c", Script(port, to)], mail),
    };

    private static string Script(int port, string to) => $"""
        import smtplib, ssl, sys
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        with smtplib.SMTP('127.0.0.1', {port}) as client:
            client.ehlo('sender.example')
            client.starttls(context=context)
            client.ehlo('sender.example')
            refused = client.sendmail('tomas@sender.example', ['{to}'], sys.stdin.buffer.read(), ['BODY=8BITMIME'])
            assert not refused, refused
        """;

    /// <summary>swaks reads lines ended by LF, sends CRLF, and ends the last line itself.</summary>
    public static byte[] ForSwaks(byte[] mail) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(mail).Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n'));
}
