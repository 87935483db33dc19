using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Portal.Smime;

/// <summary>The claims as canonical JSON (RFC 8785): keys sorted, no white space, version 1. All values are plain ASCII or integers.</summary>
internal static class ReceiptPayload
{
    private const int Version = 1;
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static byte[] Write(ReceiptClaims claims)
    {
        var output = new ArrayBufferWriter<byte>(768);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("cipher"u8, claims.Cipher);
            json.WriteString("content_sha256"u8, claims.ContentSha256);
            json.WriteString("der_sha256"u8, claims.DerSha256);
            json.WriteStartArray("fingerprints"u8);
            foreach (var fingerprint in claims.Fingerprints)
            {
                json.WriteStringValue(fingerprint);
            }

            json.WriteEndArray();
            json.WriteString("message"u8, claims.Message);
            json.WriteString("received_at"u8, claims.ReceivedAt.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
            if (claims.IsSealedBySender)
            {
                json.WriteString("sealed_by"u8, "sender"u8);
            }

            json.WriteNumber("size"u8, claims.Size);
            json.WriteString("summary_sha256"u8, claims.SummarySha256);
            json.WriteNumber("v"u8, Version);
            json.WriteString("vaultbox"u8, claims.Vaultbox);
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>The claims when the payload is exactly what <see cref="Write"/> makes of them; null otherwise.</summary>
    public static ReceiptClaims? Read(byte[] payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            var root = document.RootElement;
            if (root.GetProperty("v"u8).GetInt32() != Version)
            {
                return null;
            }

            var claims = new ReceiptClaims(
                root.GetProperty("message"u8).GetGuid(),
                root.GetProperty("vaultbox"u8).GetGuid(),
                root.GetProperty("cipher"u8).GetString()!,
                root.GetProperty("content_sha256"u8).GetString()!,
                root.GetProperty("der_sha256"u8).GetString()!,
                root.GetProperty("summary_sha256"u8).GetString(),
                root.GetProperty("size"u8).GetInt64(),
                [.. root.GetProperty("fingerprints"u8).EnumerateArray().Select(static one => one.GetString()!)],
                DateTimeOffset.ParseExact(root.GetProperty("received_at"u8).GetString()!, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal))
            {
                IsSealedBySender = root.TryGetProperty("sealed_by"u8, out _),
            };
            return Write(claims).AsSpan().SequenceEqual(payload) ? claims : null;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }
}
