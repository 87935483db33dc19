using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Portal.Databases;
using Portal.Platform.Audit;

namespace Portal.Web.Provisioning.Audit;

/// <param name="Good">Whose signature is this installation's.</param>
/// <param name="ForgedSeq">The number that the first other one claims; null when there is none.</param>
internal sealed record ReadHeads(IReadOnlyList<AuditHead> Good, long? ForgedSeq);

/// <summary>
/// The ends of the audit chain as they were, one signed line of JSON each, in a file outside PostgreSQL that is only ever added to: who
/// owns the databases can write the chain anew, but not what was signed before. Signed by the key of the receipts, under a label of its own.
/// </summary>
/// <param name="file">Null: none are kept.</param>
internal sealed class SignedHeads(string? file, ECDsa key, TimeProvider time)
{
    private const string Label = "vaultbox-portal audit head 1";

    private readonly SemaphoreSlim writing = new(1);
    private long newest;

    /// <summary>Adds the head and has the disk keep it. The same head is not written twice in a row.</summary>
    public async Task AppendAsync(AuditHead head, CancellationToken cancellationToken)
    {
        if (file is null)
            return;
        await writing.WaitAsync(cancellationToken);
        try
        {
            if (head.Seq == newest)
                return;
            var at = AuditHash.Time(time.GetUtcNow());
            var hash = Convert.ToHexStringLower(head.Hash);
            var signature = Base64Url.EncodeToString(key.SignData(Signed(head.Seq, hash, at), HashAlgorithmName.SHA256));
            var line = JsonSerializer.SerializeToUtf8Bytes(new Line(head.Seq, hash, at, signature), JsonSerializerOptions.Web);
            await using var stream = new FileStream(file, new FileStreamOptions
            {
                // Read too: a line that a crash cut short is ended before the next begins.
                Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read, UnixCreateMode = PrivateFile.OwnerOnly,
            });
            var isWhole = stream.Length == 0 || EndsLine(stream);
            stream.Seek(0, SeekOrigin.End);
            await stream.WriteAsync((byte[])[.. isWhole ? [] : "\n"u8, .. line, .. "\n"u8], cancellationToken);
            stream.Flush(flushToDisk: true);
            newest = head.Seq;
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>All that stand in the file. A line that is no head says nothing and is passed over; a head that somebody else wrote is named.</summary>
    public async Task<ReadHeads> ReadAsync(CancellationToken cancellationToken)
    {
        var good = new List<AuditHead>();
        long? forged = null;
        if (file is null || !File.Exists(file))
            return new ReadHeads(good, forged);
        await foreach (var text in File.ReadLinesAsync(file, cancellationToken))
        {
            if (Parse(text) is not { } line)
                continue;
            if (IsOurs(line))
                good.Add(new AuditHead(line.Seq, Convert.FromHexString(line.Hash)));
            else
                forged ??= line.Seq;
        }

        return new ReadHeads(good, forged);
    }

    private bool IsOurs(Line line)
    {
        if (!Base64Url.IsValid(line.Signature) || line.Hash.Length != 2 * AuditHash.Size || !line.Hash.All(char.IsAsciiHexDigitLower))
            return false;
        return key.VerifyData(Signed(line.Seq, line.Hash, line.At), Base64Url.DecodeFromChars(line.Signature), HashAlgorithmName.SHA256);
    }

    private static byte[] Signed(long seq, string hash, string at) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Label}\n{seq}\n{hash}\n{at}"));

    private static bool EndsLine(FileStream stream)
    {
        stream.Seek(-1, SeekOrigin.End);
        return stream.ReadByte() == '\n';
    }

    private static Line? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Line>(text, JsonSerializerOptions.Web) is { Hash: not null, At: not null, Signature: not null } line ? line : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Line(long Seq, string Hash, string At, string Signature);
}
