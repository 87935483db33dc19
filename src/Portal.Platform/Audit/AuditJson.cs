using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.Platform.Audit;

/// <summary>From where an act came, as <see cref="AuditValue"/> holds it.</summary>
public sealed record AuditFrom(string? Network, string? Agent, string? Credential);

/// <summary>Personal values before and after.</summary>
public sealed record AuditPersonal(Dictionary<string, string>? Before, Dictionary<string, string>? After);

internal static class AuditJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
