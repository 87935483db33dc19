namespace Portal.Architecture.Tests;

/// <summary>One line of the allow-list: types whose full name begins with a source may name none of the targets.</summary>
/// <param name="Name">Says the rule; also names its planted violation.</param>
/// <param name="Sources">Prefixes of full type names that the rule binds.</param>
/// <param name="Forbidden">Prefixes of full type names that they may not depend on.</param>
/// <param name="Allowed">Prefixes that are exempt from <paramref name="Forbidden"/>.</param>
/// <param name="ExemptSources">Prefixes of sources that the rule does not bind.</param>
public sealed record Rule(
    string Name, string[] Sources, string[] Forbidden, string[]? Allowed = null, string[]? ExemptSources = null)
{
    public IEnumerable<Dependency> ViolatedBy(IEnumerable<Dependency> dependencies) => dependencies.Where(d =>
        Matches(d.Source, Sources) && !Matches(d.Source, ExemptSources) && Matches(d.Target, Forbidden) && !Matches(d.Target, Allowed));

    public override string ToString() => Name;

    private static bool Matches(string name, string[]? prefixes) =>
        prefixes is not null && Array.Exists(prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}

/// <summary>One type names another.</summary>
public sealed record Dependency(string Source, string Target)
{
    public override string ToString() => $"{Source} → {Target}";
}
