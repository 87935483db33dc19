using System.Buffers;
using System.Text;

namespace Portal.Smime;

/// <summary>What a policy leaves outside, shown at an example.</summary>
public static class HeaderPreview
{
    private static readonly DateTimeOffset ReceivedAt = new(2026, 11, 22, 13, 5, 12, TimeSpan.Zero);
    private static readonly Guid MessageId = new("019ab8c4-52e1-7a3f-9d06-3c5b7f1e2a40");

    /// <summary>The outer fields of a fixed message, in order and unfolded, as sealing writes them; without those of MIME, which are always the same.</summary>
    /// <param name="vaultboxAddress">Whom the example is written to: an addr-spec.</param>
    public static IReadOnlyList<(string Name, string Value)> Of(HeaderPolicy policy, string vaultboxAddress = "you@example.org")
    {
        var request = new SealingRequest
        {
            Original = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(Sample(vaultboxAddress))),
            TraceHeaders = "",
            Recipients = [],
            Policy = policy,
            VaultboxId = Guid.Empty,
            MessageId = MessageId,
            VaultboxAddress = vaultboxAddress,
            ReceivedAt = ReceivedAt,
        };
        using var original = HeaderSection.Read(request.Original, MessageSealer.HeaderLimit);
        var fields = OuterHeaderBlock.Of(request, original).Fields;
        var all = new (string Name, string? Value)[]
        {
            ("From", fields.From), ("To", fields.To), ("Cc", fields.Cc), ("Date", fields.Date), ("Subject", fields.Subject), ("Message-ID", fields.MessageId),
        };
        return [.. all.Where(static field => field.Value is not null).Select(static field => (field.Name, field.Value!))];
    }

    private static string Sample(string vaultboxAddress) =>
        $"From: Ada Lovelace <ada@clinic.example>\r\nTo: You <{vaultboxAddress}>\r\nCc: Reception <desk@clinic.example>\r\n"
        + "Date: Sun, 22 Nov 2026 14:05:07 +0100\r\nSubject: The results of your blood test\r\nMessage-ID: <results.4711@clinic.example>\r\n\r\n";
}
