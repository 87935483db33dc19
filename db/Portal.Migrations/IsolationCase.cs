using System.Text.RegularExpressions;

namespace Portal.Migrations;

/// <summary>One thing that a role tries, from db/checks: a line <c>-- roles may|may not act</c> and the statement below it.</summary>
/// <param name="Allowed">Whether it must succeed; most must be refused.</param>
internal sealed partial record IsolationCase(string Role, bool Allowed, string Act, string Statement)
{
    public static IEnumerable<IsolationCase> Read(string script)
    {
        foreach (Match block in Block().Matches(script))
        {
            foreach (var role in block.Groups["roles"].Value.Split(',', StringSplitOptions.TrimEntries))
                yield return new IsolationCase(role, block.Groups["not"].Length == 0, block.Groups["act"].Value, block.Groups["sql"].Value.Trim());
        }
    }

    [GeneratedRegex(@"^-- (?<roles>[a-z_, ]+?) may (?<not>not )?(?<act>[^\n]+)\n(?<sql>[^;]+;)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();
}
