using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Portal.Audit;

/// <summary>
/// What was changed, before and after. Facts stand in the chain for good; what names or describes a person stands beside it and is erased
/// with the account. Neither ever holds a secret, a hash of one, or anything of mail.
/// </summary>
public sealed class AuditDetail
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SortedDictionary<string, string> factsBefore = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> factsAfter = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> personalBefore = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> personalAfter = new(StringComparer.Ordinal);

    /// <summary>JSON objects of texts; null when there is nothing to say.</summary>
    public string? Before => Write(factsBefore);

    public string? After => Write(factsAfter);

    public string? PersonalBefore => Write(personalBefore);

    public string? PersonalAfter => Write(personalAfter);

    /// <summary>A role, a state, a limit, a count. What did not change is left out; null is no value.</summary>
    public AuditDetail Fact(string name, object? before, object? after) => Add(factsBefore, factsAfter, name, before, after);

    /// <summary>A fact of something new, or of the act itself.</summary>
    public AuditDetail Fact(string name, object? value) => Fact(name, null, value);

    /// <summary>An address, a name that the owner gave, a reason in somebody's words.</summary>
    public AuditDetail Personal(string name, object? before, object? after) => Add(personalBefore, personalAfter, name, before, after);

    public AuditDetail Personal(string name, object? value) => Personal(name, null, value);

    private AuditDetail Add(SortedDictionary<string, string> old, SortedDictionary<string, string> now, string name, object? before, object? after)
    {
        var (was, becomes) = (Text(before), Text(after));
        if (string.Equals(was, becomes, StringComparison.Ordinal))
            return this;
        if (was is not null)
            old[name] = was;
        if (becomes is not null)
            now[name] = becomes;
        return this;
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        bool yes => yes ? "true" : "false",
        Enum member => member.ToString().ToLowerInvariant(),
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        System.Collections.IEnumerable many => string.Join(", ", many.Cast<object?>().Select(Text).Order(StringComparer.Ordinal)),
        _ => value.ToString(),
    };

    private static string? Write(SortedDictionary<string, string> values) => values.Count == 0 ? null : JsonSerializer.Serialize(values, Plain);
}
