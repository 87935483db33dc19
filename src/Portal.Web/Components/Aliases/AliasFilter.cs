using Portal.Vault.Aliases;

namespace Portal.Web.Components.Aliases;

/// <summary>What the list shows, as the URL says it; a state that there is not shows all.</summary>
internal sealed record AliasFilter(string? Search, string? State)
{
    internal static AliasFilter Parse(string? search, string? state) => new(
        string.IsNullOrWhiteSpace(search) ? null : search.Trim(),
        state is not null && AliasStates.All.Contains(state, StringComparer.Ordinal) ? state : null);

    internal bool IsNarrowed => Search is not null || State is not null;

    /// <summary>States worth a filter: those that an address is in, and the one that is shown.</summary>
    internal IEnumerable<(string? State, string Label, int Count)> Choices(AliasCounts counts) =>
    [
        (null, "All", counts.Live),
        .. AliasStates.All.Where(state => counts.Of(state) > 0 || string.Equals(state, State, StringComparison.Ordinal))
            .Select(state => ((string?)state, AliasText.State(state).Label, counts.Of(state))),
    ];
}
