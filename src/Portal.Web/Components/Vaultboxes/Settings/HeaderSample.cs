using Portal.Smime;
using Portal.Vault.Vaultboxes;

namespace Portal.Web.Components.Vaultboxes.Settings;

/// <param name="Mail">As its sender wrote it.</param>
/// <param name="Seen">As it stands outside the seal, or in a word that it does not.</param>
internal sealed record HeaderSampleRow(string Field, string Mail, string Seen, bool IsHidden);

/// <summary>An invented mail, and what each policy leaves of it for the server to see: sealing itself makes the example.</summary>
internal static class HeaderSample
{
    private const string Sender = "ada@clinic.example";

    /// <summary>What sealing writes for a subject that it hides (RFC 9788 section 3.2.1).</summary>
    private const string HiddenSubject = "[...]";

    internal static IReadOnlyList<HeaderSampleRow> Rows(string headerPolicy, string metadataPolicy, string address)
    {
        var seen = HeaderPreview.Of(HeaderPolicies.Parse(headerPolicy) ?? HeaderPolicy.Shy, address).ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
        return
        [
            .. HeaderPreview.Of(HeaderPolicy.Open, address).Select(field => Row(field.Name, field.Value, seen.GetValueOrDefault(field.Name), "left out")),
            Row("Text and files", "Dear Mara, …", null, "sealed"),
            Row("Sender in lists", Sender, metadataPolicy switch { MetadataPolicies.Full => Sender, MetadataPolicies.Domain => "clinic.example", _ => null }, "not told"),
        ];
    }

    private static HeaderSampleRow Row(string field, string mail, string? seen, string absent) =>
        new(field, mail, seen ?? absent, seen is null or HiddenSubject);
}
