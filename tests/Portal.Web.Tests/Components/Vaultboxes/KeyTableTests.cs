using Bunit;
using Portal.Vault.Certificates;
using Portal.Web.Components.Vaultboxes;

namespace Portal.Web.Tests.Components.Vaultboxes;

public sealed class KeyTableTests : ComponentTest
{
    [Fact]
    public void Keys_None_SaysThatMailWaits()
    {
        Assert.Contains("No key yet.", Render([]).Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "In use")]
    [InlineData(59, "Expires soon")]
    [InlineData(-1, "Expired")]
    public void Key_ByItsEnd_StateIsSaid(int daysLeft, string state)
    {
        var table = Render([Key(KeyPurposes.Mail) with { NotAfter = Time.GetUtcNow().AddDays(daysLeft) }]);

        Assert.Equal(state, table.Find(".vb-chip").TextContent);
    }

    [Fact]
    public void Key_Fingerprint_IsInGroupsOfFour()
    {
        var table = Render([Key(KeyPurposes.Mail)]);

        Assert.Equal("4a1c 9f07 … d2e8", table.Find("summary").TextContent);
        Assert.StartsWith("4a1c 9f07 0000", table.Find("details > span").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_WithLockedCopy_ShowOneRowEachThatSaysSo()
    {
        var mail = Key(KeyPurposes.Mail);
        var table = Render([Key(KeyPurposes.Owner) with { FingerprintSha256 = new string('b', 64) }, mail, mail with { CertificateType = CertificateTypes.Private }]);

        var rows = table.FindAll("tbody tr");
        Assert.Equal(2, rows.Count);
        Assert.Contains("Mail key · RSA 3072, locked copy kept here", rows[0].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("locked copy", rows[1].TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BindingKinds.Owner, "your owner key")]
    [InlineData(BindingKinds.Installation, "this installation")]
    public void Key_BoundBy_IsSaid(string kind, string words)
    {
        var table = Render([Key(KeyPurposes.Mail) with { BindingKind = kind }]);

        Assert.Equal(words, table.FindAll("tbody td")[2].TextContent);
    }

    private IRenderedComponent<KeyTable> Render(IReadOnlyList<CertificateView> keys) =>
        Render<KeyTable>(p => p.Add(t => t.Keys, keys).Add(t => t.Now, Time.GetUtcNow()));

    private CertificateView Key(string purpose) => new(
        Guid.NewGuid(), CertificateTypes.Public, purpose, "Laptop 2026", "", "4a1c9f07" + new string('0', 52) + "d2e8", "RSA 3072",
        Time.GetUtcNow().AddDays(-2), Time.GetUtcNow().AddYears(9), CertificateStatus.Active, BindingKinds.Owner, null, Time.GetUtcNow());
}
