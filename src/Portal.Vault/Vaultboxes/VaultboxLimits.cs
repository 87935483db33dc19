using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.Vault.Vaultboxes;

/// <summary>What an owner lets a vaultbox take. Null: as much as comes.</summary>
/// <param name="StorageBytes">Octets of sealed mail, 1 MB to 1 TB.</param>
/// <param name="MessagesPerDay">Messages in any 24 hours, 1 to 100,000.</param>
public sealed record VaultboxLimits(long? StorageBytes = null, int? MessagesPerDay = null)
{
    public const long LeastStorageBytes = 1_000_000;

    public const long MostStorageBytes = 1_000_000_000_000;

    public const int MostMessagesPerDay = 100_000;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Over what days are counted.</summary>
    internal static readonly TimeSpan Day = TimeSpan.FromDays(1);

    internal static VaultboxLimits Of(string json) => JsonSerializer.Deserialize<VaultboxLimits>(json, Format) ?? new VaultboxLimits();

    internal string ToJson() => JsonSerializer.Serialize(this, Format);

    /// <summary>Null when both are in range.</summary>
    internal VaultProblem? Fault() => this switch
    {
        { StorageBytes: < LeastStorageBytes or > MostStorageBytes } => VaultProblem.Invalid("storage_out_of_range", string.Create(
            CultureInfo.InvariantCulture, $"Storage can be limited to 1 MB to 1 TB ({LeastStorageBytes:N0} to {MostStorageBytes:N0} octets), or not at all.")),
        { MessagesPerDay: < 1 or > MostMessagesPerDay } => VaultProblem.Invalid("messages_per_day_out_of_range", string.Create(
            CultureInfo.InvariantCulture, $"Messages can be limited to 1 to {MostMessagesPerDay:N0} in 24 hours, or not at all.")),
        _ => null,
    };
}
