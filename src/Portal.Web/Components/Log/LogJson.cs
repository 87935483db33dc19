using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Portal.Vault.ProcessingLog;
using Portal.Web.Api;

namespace Portal.Web.Components.Log;

/// <summary>Events of the log as JSON, one a line, for other programs.</summary>
internal static class LogJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new IpAddressJson() },
    };

    internal static string Line(LogEntryView entry) => JsonSerializer.Serialize(entry, Options);

    internal static string Lines(IEnumerable<LogEntryView> entries) => string.Join('\n', entries.Select(Line));
}
