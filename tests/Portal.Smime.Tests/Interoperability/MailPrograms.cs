using System.Security.Cryptography;
using System.Text;
using Portal.Smime.Tests.Support;

namespace Portal.Smime.Tests.Interoperability;

/// <summary>The programs of others that open what we seal: those behind most mail clients.</summary>
public enum MailProgram
{
    /// <summary><c>openssl cms</c>.</summary>
    OpenSsl,

    /// <summary><c>cmsutil</c> of NSS, which Thunderbird is built on.</summary>
    Nss,

    /// <summary><c>gpgsm</c> of GnuPG, which KMail, Claws Mail and Kleopatra use.</summary>
    Gpgsm,
}

/// <summary>Each program with a key store of its own, in a folder that goes with it, and one key of each kind.</summary>
public sealed class MailPrograms : IDisposable
{
    private static readonly string[] Quiet = ["--batch", "--yes", "--disable-crl-checks", "--pinentry-mode", "loopback", "--passphrase-fd", "0"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("smime-programs-");
    private readonly string password = RandomNumberGenerator.GetHexString(20);
    private readonly Lazy<Dictionary<string, string>> gpgsmKeys;
    private readonly Lazy<string> nssKeys;

    public MailPrograms()
    {
        nssKeys = new Lazy<string>(ImportIntoNss);
        gpgsmKeys = new Lazy<Dictionary<string, string>>(ImportIntoGpgsm);
    }

    /// <summary>Whose keys the programs have.</summary>
    internal static TestIdentity Reader(string kind) => kind switch
    {
        "RSA" => TestKeys.First,
        "P-256" => TestKeys.Curve256,
        _ => TestKeys.Curve384,
    };

    private static IEnumerable<TestIdentity> Readers => [TestKeys.First, TestKeys.Curve256, TestKeys.Curve384];

    /// <returns>What was sealed; null when the program does not open it, and what it said instead.</returns>
    internal (byte[]? Content, string Said) Open(MailProgram program, byte[] der, TestIdentity reader)
    {
        var file = Write($"{Guid.NewGuid():n}.p7m", der);
        switch (program)
        {
            case MailProgram.OpenSsl:
                var key = Write($"{Guid.NewGuid():n}.pem", Encoding.ASCII.GetBytes(reader.PrivateKeyPem + "\n" + reader.CertificatePem));
                return Try("openssl", ["cms", "-decrypt", "-binary", "-inform", "DER", "-in", file, "-inkey", key, "-recip", key], null, null);
            case MailProgram.Nss:
                return Try("cmsutil", ["-D", "-d", nssKeys.Value, "-i", file], null, null);
            default:
                return OpenInGpgsm(file);
        }
    }

    public void Dispose()
    {
        if (gpgsmKeys.IsValueCreated)
        {
            // The agent that gpgsm started for this folder, and no other.
            ExternalTool.Run("gpgconf", ["--kill", "all"], environment: gpgsmKeys.Value);
        }

        folder.Delete(recursive: true);
    }

    /// <summary>Its exit code is that of an error for every recipient whose key it has not, even where another key opened the message.</summary>
    private (byte[]? Content, string Said) OpenInGpgsm(string file)
    {
        var target = file + ".out";
        var (_, said) = Try("gpgsm", [.. Quiet, "--status-fd", "2", "--output", target, "--decrypt", file], password + "\n", gpgsmKeys.Value);
        return (said.Contains("[GNUPG:] DECRYPTION_OKAY", StringComparison.Ordinal) ? File.ReadAllBytes(target) : null, said);
    }

    private static (byte[]? Content, string Said) Try(string program, string[] arguments, string? input, Dictionary<string, string>? environment)
    {
        var content = ExternalTool.TryRun(program, arguments, input, environment, out var said);
        return (content, said);
    }

    private string ImportIntoNss()
    {
        var store = "sql:" + folder.CreateSubdirectory("nss").FullName;
        ExternalTool.Run("certutil", ["-N", "-d", store, "--empty-password"]);
        foreach (var reader in Readers)
        {
            ExternalTool.Run("pk12util", ["-i", WriteP12(reader), "-d", store, "-W", password, "-K", ""]);
        }

        return store;
    }

    private Dictionary<string, string> ImportIntoGpgsm()
    {
        // The agent's socket lies in it: others are kept out.
        var home = folder.CreateSubdirectory("gnupg");
        File.SetUnixFileMode(home.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["GNUPGHOME"] = home.FullName };
        foreach (var reader in Readers)
        {
            if (reader.Key is ECDsa curve)
            {
                ImportCurve(reader, curve, environment);
            }
            else
            {
                ExternalTool.Run("gpgsm", [.. Quiet, "--import", WriteP12(reader)], password + "\n", environment);
            }
        }

        return environment;
    }

    /// <summary>gpgsm 2.2 reads no PKCS#12 with a key on a curve, so the key is given to its agent in the agent's own form.</summary>
    private void ImportCurve(TestIdentity reader, ECDsa key, Dictionary<string, string> environment)
    {
        ExternalTool.Run("gpgsm", [.. Quiet, "--import", Write($"{Guid.NewGuid():n}.crt", reader.Certificate.Der.ToArray())], environment: environment);
        using var certificate = reader.ToX509();
        var listed = Encoding.UTF8.GetString(ExternalTool.Run("gpgsm", ["--batch", "--with-colons", "--with-keygrip", "--list-keys", $"0x{certificate.Thumbprint}"], environment: environment));
        var grip = listed.Split('\n').First(static line => line.StartsWith("grp:", StringComparison.Ordinal)).Split(':')[9];
        var keys = Directory.CreateDirectory(Path.Combine(environment["GNUPGHOME"], "private-keys-v1.d"));
        var parameters = key.ExportParameters(includePrivateParameters: true);
        byte[] point = [4, .. parameters.Q.X!, .. parameters.Q.Y!];
        File.WriteAllBytes(Path.Combine(keys.FullName, grip + ".key"),
        [
            .. Encoding.ASCII.GetBytes($"(11:private-key(3:ecc(5:curve10:NIST P-{key.KeySize})(1:q{point.Length}:"), .. point,
            .. Encoding.ASCII.GetBytes($")(1:d{parameters.D!.Length}:"), .. parameters.D, .. ")))"u8,
        ]);
    }

    private string WriteP12(TestIdentity identity) => Write($"{Guid.NewGuid():n}.p12", identity.ToPkcs12(password));

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
