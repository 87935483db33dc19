using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using Portal.Smime;

// Portal.Bench.Sealing CERTIFICATE MESSAGE CIPHER: for each line of standard input, a number of seconds, seals the message on this one thread for that
// long and prints how many times and in how many seconds. The summary and the receipt are made too, as for every message that arrives.
if (args is not [var certificatePath, var messagePath, var cipherName])
{
    await Console.Error.WriteLineAsync("Portal.Bench.Sealing CERTIFICATE MESSAGE AES-256-CBC|AES-256-GCM");
    return 2;
}

using var portalKey = System.Security.Cryptography.ECDiffieHellman.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
using var receipts = new ReceiptSigner(System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256));
var request = new SealingRequest
{
    Original = new ReadOnlySequence<byte>(await File.ReadAllBytesAsync(messagePath)),
    TraceHeaders = "Received: from bench by bench; Mon, 23 Nov 2026 08:00:00 +0000\r\n",
    Recipients = [CertificateReader.Read(await File.ReadAllTextAsync(certificatePath), default).EndEntity ?? throw new InvalidOperationException("No certificate.")],
    Cipher = cipherName is "AES-256-GCM" ? ContentCipher.Aes256Gcm : ContentCipher.Aes256Cbc,
    VaultboxId = Guid.NewGuid(),
    MessageId = Guid.NewGuid(),
    VaultboxAddress = "bench@vault.test",
    ReceivedAt = TimeProvider.System.GetUtcNow(),
    PortalKey = new PortalKey(portalKey.ExportSubjectPublicKeyInfo()),
};
while (await Console.In.ReadLineAsync() is { } line)
{
    var time = TimeSpan.FromSeconds(double.Parse(line, CultureInfo.InvariantCulture));
    var clock = Stopwatch.StartNew();
    var count = 0;
    do
    {
        using var made = MessageSealer.Seal(request);
        receipts.Sign(new ReceiptClaims(
            request.MessageId, request.VaultboxId, made.Cipher, made.ContentSha256, made.DerSha256, made.SummarySha256, made.Der.Length, made.Fingerprints, request.ReceivedAt));
        count++;
    }
    while (clock.Elapsed < time);

    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} {clock.Elapsed.TotalSeconds:F6}"));
}

return 0;
