using Portal.Mail.Smtp.Replies;

namespace Portal.Mail.Tests.Smtp.Replies;

public sealed class RefusalsTests
{
    [Fact]
    public void All_Codes_AreOfOneClassWithAReasonOfTheirOwn()
    {
        var all = typeof(Refusals).GetFields().Select(f => (Refusal)f.GetValue(null)!).ToList();

        Assert.All(all, refusal => Assert.Equal(refusal.Reply.Code / 100, refusal.Reply.Enhanced?.Class));
        Assert.Equal(all.Count, all.Select(r => r.Reason).Distinct(StringComparer.Ordinal).Count());
    }
}
