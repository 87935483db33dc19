using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Portal.Smime;

/// <summary>Writes a summary as JSON, shrunk until it fits and padded with spaces to one of three sizes.</summary>
internal static class SummaryWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What is given up, in turn, when the largest size does not hold it all.</summary>
    private static readonly Func<MessageSummary, MessageSummary>[] Steps =
    [
        static one => one with { Text = SummaryText.OneLine(one.Text, 70), References = [.. one.References.TakeLast(2)] },
        static one => one with { Attachments = [.. one.Attachments.Take(4)], To = [.. one.To.Take(4)] },
        static one => one with { Attachments = [.. one.Attachments.Take(1)], To = [.. one.To.Take(1)], References = [] },
        static one => one with { Subject = Cut(one.Subject, 120), From = [.. one.From.Take(1)], Auth = null },
        static one => one with { Text = "", Attachments = [.. one.Attachments.Select(static file => file with { Name = SummaryText.OneLine(file.Name, 40), Type = "" })] },
        static one => one with { To = [], InReplyTo = null, Subject = Cut(one.Subject, 60) },
        static one => one with { MessageId = null, Attachments = [] },
    ];

    /// <summary>The padded JSON. The caller clears it.</summary>
    public static byte[] Write(MessageSummary summary)
    {
        var output = new ArrayBufferWriter<byte>(SealedSummary.PaddedSizes[^1] * 2);
        try
        {
            WriteJson(summary, output);
            for (var step = 0; output.WrittenCount > SealedSummary.PaddedSizes[^1] && step < Steps.Length; step++)
            {
                summary = Steps[step](summary);
                output.Clear();
                WriteJson(summary, output);
            }

            var padded = new byte[SealedSummary.PaddedSizes.First(size => output.WrittenCount <= size)];
            padded.AsSpan().Fill((byte)' ');
            output.WrittenSpan.CopyTo(padded);
            return padded;
        }
        finally
        {
            output.Clear();
        }
    }

    private static void WriteJson(MessageSummary summary, ArrayBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        WriteAddresses(json, "from", summary.From);
        WriteAddresses(json, "to", summary.To);
        json.WriteString("subject"u8, summary.Subject);
        json.WriteString("date"u8, summary.Date?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
        json.WriteString("messageId"u8, summary.MessageId);
        json.WriteString("inReplyTo"u8, summary.InReplyTo);
        json.WriteStartArray("references"u8);
        foreach (var reference in summary.References)
        {
            json.WriteStringValue(reference);
        }

        json.WriteEndArray();
        json.WriteString("text"u8, summary.Text);
        json.WriteStartArray("attachments"u8);
        foreach (var file in summary.Attachments)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, file.Name);
            json.WriteString("type"u8, file.Type);
            json.WriteNumber("size"u8, file.Size);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("auth"u8, summary.Auth);
        json.WriteEndObject();
    }

    private static void WriteAddresses(Utf8JsonWriter json, string name, IReadOnlyList<SummaryAddress> addresses)
    {
        json.WriteStartArray(name);
        foreach (var address in addresses)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, address.Name);
            json.WriteString("address"u8, address.Address);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string? Cut(string? text, int maximum) => text is null ? null : SummaryText.OneLine(text, maximum);
}
