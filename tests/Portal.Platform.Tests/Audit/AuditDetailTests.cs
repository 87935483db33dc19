using Portal.Audit;
using Portal.Platform.Accounts;

namespace Portal.Platform.Tests.Audit;

public sealed class AuditDetailTests
{
    [Fact]
    public void Fact_OfEveryKind_IsText()
    {
        var detail = new AuditDetail().Fact("role", Role.User, Role.Admin).Fact("on", false, true).Fact("limit", 10, null)
            .Fact("at", new DateTimeOffset(2026, 11, 23, 4, 5, 6, TimeSpan.FromHours(1))).Fact("scopes", new[] { "b", "a" });

        Assert.Equal("""{"limit":"10","on":"false","role":"user"}""", detail.Before);
        Assert.Equal("""{"at":"2026-11-23T03:05:06Z","on":"true","role":"admin","scopes":"a, b"}""", detail.After);
        Assert.Null(detail.PersonalAfter);
    }

    [Fact]
    public void Fact_ThatDidNotChange_IsLeftOut()
    {
        var detail = new AuditDetail().Fact("same", 1, 1).Personal("name", "a", "a");

        Assert.Equal((null, null, null, null), (detail.Before, detail.After, detail.PersonalBefore, detail.PersonalAfter));
    }

    [Fact]
    public void Personal_Values_StandApart()
    {
        var detail = new AuditDetail().Personal("address", "é@example.org", null);

        Assert.Equal("""{"address":"é@example.org"}""", detail.PersonalBefore);
        Assert.Null(detail.Before);
    }
}
