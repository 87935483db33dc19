using System.Buffers;
using System.CommandLine;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Portal.Smime;
using Portal.Web.Cli;

namespace Portal.Web.Tests.Cli;

public sealed class OpenCommandTests : IDisposable
{
    private const string Address = "mara@vault.test";

    private static readonly byte[] Mail = Encoding.UTF8.GetBytes(
        $"From: A Teacher <teacher@school.example>\r\nTo: {Address}\r\nSubject: The trip\u001b[2J\r\nDate: Mon, 23 Nov 2026 08:00:00 +0000\r\n\r\nBring boots.\r\n");

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("open-");
    private readonly string passphrase = RandomNumberGenerator.GetHexString(24);
    private readonly ReceiptSigner receipts = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        receipts.Dispose();
        directory.Delete(recursive: true);
    }

    [Theory]
    [InlineData("rsa", ContentCipher.Aes256Cbc, RecipientNaming.IssuerAndSerialNumber)]
    [InlineData("rsa", ContentCipher.Aes256Gcm, RecipientNaming.SubjectKeyIdentifier)]
    [InlineData("nistP256", ContentCipher.Aes256Cbc, RecipientNaming.SubjectKeyIdentifier)]
    [InlineData("nistP384", ContentCipher.Aes256Gcm, RecipientNaming.IssuerAndSerialNumber)]
    public async Task Open_ASealedMessage_ShowsItAndWhatItsReceiptSays(string kind, ContentCipher cipher, RecipientNaming naming)
    {
        var message = Seal(Key(kind), cipher, naming);

        var run = await RunAsync($"open {message} --key {KeyPath} --receipt-key {ReceiptKeyPath} --passphrase-stdin");

        Assert.Equal((0, string.Empty), (run.ExitCode, run.ExitCode == 0 ? string.Empty : run.Error));
        Assert.Contains("From: \"A Teacher\" <teacher@school.example>", run.Output, StringComparison.Ordinal);
        Assert.Contains("Bring boots.", run.Output, StringComparison.Ordinal);
        Assert.Contains("Subject: The trip\uFFFD[2J", run.Output, StringComparison.Ordinal);
        Assert.Contains("The receipt holds", run.Error, StringComparison.Ordinal);
    }

    /// <summary>The text of the guide, as its reader runs it.</summary>
    [Theory]
    [InlineData("rsa", ContentCipher.Aes256Cbc)]
    [InlineData("nistP384", ContentCipher.Aes256Cbc)]
    [InlineData("rsa", ContentCipher.Aes256Gcm)]
    public async Task Guide_WithOpensslAlone_OpensTheSameAndSeesAnotherMessage(string kind, ContentCipher cipher)
    {
        File.Move(Seal(Key(kind), cipher), Path.Combine(directory.FullName, "message.eml"));
        await File.WriteAllTextAsync(
            Path.Combine(directory.FullName, "receipt-key.json"),
            $$"""{"fingerprint":"{{receipts.KeyId}}","spki":"{{Convert.ToBase64String(receipts.PublicKeySpki.Span)}}"}""", Cancel);

        var (exitCode, text) = await GuideAsync();

        Assert.True(exitCode == 0, text);
        Assert.EndsWith("\r\n\r\nBring boots.\r\n", await File.ReadAllTextAsync(Path.Combine(directory.FullName, "opened.eml"), Cancel), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(directory.FullName, "key.pem")));

        var message = await File.ReadAllTextAsync(Path.Combine(directory.FullName, "message.eml"), Cancel);
        var at = message.Length - 40;
        await File.WriteAllTextAsync(
            Path.Combine(directory.FullName, "message.eml"), string.Concat(message.AsSpan(0, at), message[at] == 'A' ? "B" : "A", message.AsSpan(at + 1)), Cancel);
        Assert.Contains("The receipt is of another message.", (await GuideAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_WithSave_WritesItByteForByteForItsOwnerAloneAndOverwritesNothing()
    {
        var message = Seal(Key("rsa"), ContentCipher.Aes256Gcm);
        var target = Path.Combine(directory.FullName, "opened.eml");

        var run = await RunAsync($"open {message} --key {KeyPath} --save {target} --passphrase-stdin");
        var again = await RunAsync($"open {message} --key {KeyPath} --save {target} --passphrase-stdin");

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Output));
        Assert.EndsWith("\r\n\r\nBring boots.\r\n", Encoding.UTF8.GetString(await File.ReadAllBytesAsync(target, Cancel)), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(target));
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("(not_saved)", again.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ContentCipher.Aes256Cbc, "receipt_against")]
    [InlineData(ContentCipher.Aes256Gcm, "not_opened")]
    public async Task Open_AfterABitWasFlipped_ShowsNothing(ContentCipher cipher, string code)
    {
        // In the middle of CBC, where the padding says nothing.
        var message = Seal(Key("rsa"), cipher, change: der => der[^64] ^= 1);

        var run = await RunAsync($"open {message} --key {KeyPath} --receipt-key {ReceiptKeyPath} --passphrase-stdin");

        Assert.Equal((1, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains($"({code})", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_WithAReceiptOfAnother_ShowsNothing()
    {
        var message = Seal(Key("rsa"), ContentCipher.Aes256Gcm);
        using var stranger = new ReceiptSigner(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        await File.WriteAllTextAsync(ReceiptKeyPath, PemEncoding.WriteString("PUBLIC KEY", stranger.PublicKeySpki.Span), Cancel);

        var run = await RunAsync($"open {message} --key {KeyPath} --receipt-key {ReceiptKeyPath} --passphrase-stdin");

        Assert.Equal((1, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains("(receipt_against)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_WithAReceiptKeyAndNoReceipt_ShowsAndSavesNothing()
    {
        Seal(Key("rsa"), ContentCipher.Aes256Gcm);
        var (part, target) = (Path.Combine(directory.FullName, "message.p7m"), Path.Combine(directory.FullName, "opened.eml"));
        await File.WriteAllBytesAsync(part, Der, Cancel);

        var shown = await RunAsync($"open {part} --key {KeyPath} --receipt-key {ReceiptKeyPath} --passphrase-stdin");
        var saved = await RunAsync($"open {part} --key {KeyPath} --receipt-key {ReceiptKeyPath} --save {target} --passphrase-stdin");

        Assert.Equal((1, string.Empty, 1), (shown.ExitCode, shown.Output, saved.ExitCode));
        Assert.All([shown.Error, saved.Error], error => Assert.Contains("(receipt_missing)", error, StringComparison.Ordinal));
        Assert.False(File.Exists(target));
        Assert.Contains("No receipt is at hand", (await RunAsync($"open {part} --key {KeyPath} --passphrase-stdin")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_WithSaveWhereNobodyMayWrite_SaysSo()
    {
        var run = await RunAsync($"open {Seal(Key("rsa"), ContentCipher.Aes256Gcm)} --key {KeyPath} --save /sys/opened.eml --passphrase-stdin");

        Assert.Equal((1, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains("(not_saved)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_WrongInput_IsNamed()
    {
        var message = Seal(Key("rsa"), ContentCipher.Aes256Gcm);
        var plain = Path.Combine(directory.FullName, "plain.eml");
        await File.WriteAllBytesAsync(plain, Mail, Cancel);
        var cut = Path.Combine(directory.FullName, "cut.p7m");
        await File.WriteAllBytesAsync(cut, Der[..(Der.Length / 2)], Cancel);

        Assert.Contains("(file_missing)", (await RunAsync($"open {plain}.none --key {KeyPath} --passphrase-stdin")).Error, StringComparison.Ordinal);
        Assert.Contains("(not_sealed)", (await RunAsync($"open {plain} --key {KeyPath} --passphrase-stdin")).Error, StringComparison.Ordinal);
        Assert.Contains("(sealed_malformed)", (await RunAsync($"open {cut} --key {KeyPath} --passphrase-stdin")).Error, StringComparison.Ordinal);
        Assert.Contains("(key_file_wrong)", (await RunAsync($"open {message} --key {KeyPath} --passphrase-stdin", "another")).Error, StringComparison.Ordinal);
        Assert.Contains("(key_file_wrong)", (await RunAsync($"open {message} --key {plain} --passphrase-stdin")).Error, StringComparison.Ordinal);
        _ = Key("rsa");
        Assert.Contains("(not_for_key)", (await RunAsync($"open {message} --key {KeyPath} --passphrase-stdin")).Error, StringComparison.Ordinal);
    }

    private byte[] Der { get; set; } = [];

    private string KeyPath => Path.Combine(directory.FullName, "key.p12");

    private string ReceiptKeyPath => Path.Combine(directory.FullName, "receipt.pem");

    /// <summary>A mail key in the key file; an earlier one is written over.</summary>
    private MailCertificate Key(string kind)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var rsa = kind == "rsa" ? RSA.Create(2048) : null;
        using var curve = kind == "rsa" ? null : ECDsa.Create(ECCurve.CreateFromFriendlyName(kind));
        var request = rsa is null
            ? new CertificateRequest($"CN={Address}", curve!, HashAlgorithmName.SHA256)
            : new CertificateRequest($"CN={Address}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.KeyAgreement, critical: true));
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        File.WriteAllBytes(KeyPath, certificate.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, passphrase));
        return CertificateReader.Read(null, certificate.RawData).EndEntity!;
    }

    /// <summary>
    /// As a download: outer fields, receipt, base64; before them a receipt that somebody else put there. What <paramref name="change"/> does
    /// comes after the receipt.
    /// </summary>
    private string Seal(MailCertificate key, ContentCipher cipher, RecipientNaming naming = RecipientNaming.IssuerAndSerialNumber, Action<byte[]>? change = null)
    {
        using var made = MessageSealer.Seal(new SealingRequest
        {
            Original = new ReadOnlySequence<byte>(Mail), TraceHeaders = string.Empty, Recipients = [key], Cipher = cipher, RecipientNaming = naming,
            VaultboxId = Guid.NewGuid(), MessageId = Guid.NewGuid(), VaultboxAddress = Address, ReceivedAt = TimeProvider.System.GetUtcNow(),
        });
        var receipt = receipts.Sign(new ReceiptClaims(
            Guid.NewGuid(), Guid.NewGuid(), made.Cipher, made.ContentSha256, made.DerSha256, null, made.Der.Length, made.Fingerprints, TimeProvider.System.GetUtcNow()));
        Der = made.Der.ToArray();
        change?.Invoke(Der);
        var written = new ArrayBufferWriter<byte>();
        OuterMessage.Write($"Vaultbox-Receipt: planted.by\r\n .somebody\r\n{made.OuterHeaders}Vaultbox-Receipt:{string.Concat(receipt.Chunk(70).Select(line => $"\r\n {new string(line)}"))}\r\n", Der, written);
        var path = Path.Combine(directory.FullName, "sealed.eml");
        File.WriteAllBytes(path, written.WrittenSpan);
        File.WriteAllText(ReceiptKeyPath, PemEncoding.WriteString("PUBLIC KEY", receipts.PublicKeySpki.Span));
        return path;
    }

    private async Task<(int ExitCode, string Text)> GuideAsync()
    {
        var repository = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(repository, "Portal.sln")))
            repository = Path.GetDirectoryName(repository)!;
        var guide = await File.ReadAllTextAsync(Path.Combine(repository, "docs", "guides", "opening-offline.md"), Cancel);
        var script = guide.Split("```bash\n")[1].Split("```")[0];
        var start = new ProcessStartInfo("bash", ["-c", script])
        {
            WorkingDirectory = directory.FullName, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync(passphrase);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, await output + await error);
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(string line, string? typed = null)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var root = new RootCommand { OpenCommand.Create(new StringReader($"{typed ?? passphrase}\n")) };
        var exitCode = await root.Parse(line).InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, Cancel);
        return (exitCode, output.ToString(), error.ToString());
    }
}
