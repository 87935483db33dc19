using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace Portal.EndToEnd.Tests.Support;

/// <summary>
/// Debian's Postfix with configuration, queue, data and ports of its own, set up by the fenced blocks of docs/guides/postfix.md: only
/// paths and ports are put in place of the guide's, and what any Postfix needs is put beside it.
/// </summary>
public sealed partial class PostfixServer : IAsyncDisposable
{
    private const string Postfix = "/usr/sbin/postfix";

    private static readonly string Guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "guides", "postfix.md"));

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("portal-postfix-");
    private bool _isStarted;

    /// <summary>Where the portal is to make its socket.</summary>
    public string SocketPath => Within("run/auth");

    /// <summary>PEM file of the certificate that it shows, for 127.0.0.1.</summary>
    public string Certificate => Within("mail.pem");

    public int Port { get; } = FreePort();

    public int TlsPort { get; } = FreePort();

    /// <summary>Makes the directory of the socket as the guide says, for the portal to start with.</summary>
    public async Task PrepareAsync()
    {
        // Postfix's own user comes in; each of the directories below has its own bar.
        File.SetUnixFileMode(_directory.FullName, (UnixFileMode)Convert.ToInt32("755", 8));
        var install = Line("install -d -o portal").Split('#')[0]
            .Replace("-o portal", $"-o {Environment.UserName}", StringComparison.Ordinal)
            .Replace("/run/vaultbox-portal", Within("run"), StringComparison.Ordinal);
        var words = install.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        await AsRootAsync(words[0], words[1..]);
    }

    /// <param name="intakePort">Of the portal, which gets the mail for vault.test.</param>
    public async Task StartAsync(int intakePort)
    {
        foreach (var name in new[] { "conf", "queue", "data", "log" })
            _directory.CreateSubdirectory(name);
        WriteCertificate();
        await File.WriteAllTextAsync(Within("conf/main.cf"), MainCf(intakePort));
        await File.WriteAllTextAsync(Within("conf/master.cf"), MasterCf());
        await AsRootAsync("chown", ["-R", "root", Within("conf"), Within("queue")]);
        await AsRootAsync("chown", ["postfix", Within("data"), Within("log")]);
        await AsRootAsync(Postfix, ["-c", Within("conf"), "start"]);
        _isStarted = true;
    }

    /// <summary>What it logged so far; root's alone to read.</summary>
    public async Task<string> ReadLogAsync() => Encoding.UTF8.GetString(await AsRootAsync("find", [Within("log"), "-type", "f", "-exec", "cat", "{}", ";"]));

    public async ValueTask DisposeAsync()
    {
        if (_isStarted)
            await AsRootAsync(Postfix, ["-c", Within("conf"), "stop"]);
        await AsRootAsync("rm", ["-rf", _directory.FullName]);
    }

    private string MainCf(int intakePort) => $"""
        compatibility_level = 3.6
        queue_directory = {Within("queue")}
        data_directory = {Within("data")}
        command_directory = /usr/sbin
        daemon_directory = /usr/lib/postfix/sbin
        maillog_file = {Within("log/mail.log")}
        maillog_file_prefixes = {_directory.FullName}
        myhostname = front.test
        mydestination =
        alias_maps =
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        smtp_dns_support_level = disabled
        transport_maps = inline:{"{"} vault.test={Quoted("`smtp:").Replace(":2525", $":{intakePort}", StringComparison.Ordinal)} {"}"}

        """ + Replaced(Block("smtpd_sasl_type"), ("/run/vaultbox-portal/auth", SocketPath), ("/etc/ssl/mail.pem", Certificate), ("/etc/ssl/mail.key", Within("mail.key")));

    /// <summary>The guide's two services, then those that take the mail further; none listens elsewhere.</summary>
    private string MasterCf() =>
        Replaced(Block("submission  inet"), ("submission  inet", $"127.0.0.1:{Port} inet"), ("submissions inet", $"127.0.0.1:{TlsPort} inet")) + """

        cleanup   unix       n - n - 0 cleanup
        qmgr      unix       n - n 300 1 qmgr
        tlsmgr    unix       - - n 1000? 1 tlsmgr
        rewrite   unix       - - n - - trivial-rewrite
        bounce    unix       - - n - 0 bounce
        defer     unix       - - n - 0 bounce
        trace     unix       - - n - 0 bounce
        verify    unix       - - n - 1 verify
        proxymap  unix       - - n - - proxymap
        anvil     unix       - - n - 1 anvil
        scache    unix       - - n - 1 scache
        error     unix       - - n - - error
        smtp      unix       - - n - - smtp
        postlog   unix-dgram n - n - 1 postlogd

        """;

    private void WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=front.test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(Within("mail.key"), key.ExportPkcs8PrivateKeyPem());
        File.SetUnixFileMode(Within("mail.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private string Within(string path) => Path.Combine(_directory.FullName, path);

    /// <summary>The one fenced block of the guide that has the text.</summary>
    private static string Block(string text) => Assert.Single(
        FencePattern().Matches(Guide).Select(match => match.Groups["block"].Value), block => block.Contains(text, StringComparison.Ordinal));

    private static string Line(string text) => Assert.Single(Guide.Split('\n'), line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>What stands in backticks and begins so.</summary>
    private static string Quoted(string start)
    {
        var line = Line(start);
        var at = line.IndexOf(start, StringComparison.Ordinal) + 1;
        return line[at..line.IndexOf('`', at)];
    }

    private static string Replaced(string text, params (string Old, string New)[] pairs)
    {
        foreach (var (old, made) in pairs)
        {
            Assert.Contains(old, text, StringComparison.Ordinal);
            text = text.Replace(old, made, StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>Postfix's master changes users, so only root starts it.</summary>
    private static Task<byte[]> AsRootAsync(string program, IEnumerable<string> arguments) => Environment.IsPrivilegedProcess
        ? Tool.RunAsync(program, arguments)
        : Tool.RunAsync("sudo", ["-n", program, .. arguments]);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"^```\w*\n(?<block>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FencePattern();
}
