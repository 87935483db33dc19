using ArchUnitNET.Loader;

namespace Portal.Architecture.Tests;

public sealed class RuleTests
{
    private const string PlantedPrefix = "Planted.";

    private static readonly IReadOnlyList<Dependency> Scanned = Scan();

    public static TheoryData<Rule> Rules => [.. Architecture.Tests.Rules.All];

    [Theory]
    [MemberData(nameof(Rules), DisableDiscoveryEnumeration = true)]
    public void Source_WholeHouse_KeepsRule(Rule rule)
    {
        var ours = Scanned.Where(d => !d.Source.StartsWith(PlantedPrefix, StringComparison.Ordinal));

        Assert.Empty(rule.ViolatedBy(ours));
    }

    [Theory]
    [MemberData(nameof(Rules), DisableDiscoveryEnumeration = true)]
    public void Rule_PlantedViolation_IsFound(Rule rule)
    {
        var planted = Scanned.Where(d => d.Source.StartsWith(PlantedPrefix, StringComparison.Ordinal))
            .Select(d => d with { Source = d.Source[PlantedPrefix.Length..] });

        Assert.NotEmpty(rule.ViolatedBy(planted));
    }

    [Theory]
    [InlineData("Portal.Mail")]
    [InlineData("Portal.Smime")]
    [InlineData("Portal.Passwords")]
    [InlineData("Portal.Audit")]
    [InlineData("Portal.Platform")]
    [InlineData("Portal.Vault")]
    [InlineData("Portal.Migrations")]
    [InlineData("Portal.Web")]
    public void Scan_EachProject_IsRead(string project) =>
        Assert.Contains(Scanned, d => d.Source.StartsWith(project + ".", StringComparison.Ordinal));

    private static List<Dependency> Scan()
    {
        var architecture = new ArchLoader().LoadAssemblies(
            typeof(Portal.Mail.Backends.IIntakeBackend).Assembly,
            typeof(Portal.Smime.KeyFamily).Assembly,
            typeof(Portal.Passwords.PasswordPair).Assembly,
            typeof(Portal.Audit.AuditBy).Assembly,
            typeof(Portal.Platform.PlatformContext).Assembly,
            typeof(Portal.Vault.VaultContext).Assembly,
            typeof(Portal.Migrations.Vault.VaultContextFactory).Assembly,
            typeof(Portal.Web.Hosting.PortalOptions).Assembly,
            typeof(RuleTests).Assembly).Build();
        return
        [
            .. architecture.Types
                .SelectMany(type => type.Dependencies.Select(d => new Dependency(type.FullName, d.Target.FullName)))
                .Where(d => !d.Source.StartsWith("Portal.Architecture.", StringComparison.Ordinal))
                .Distinct(),
        ];
    }
}
