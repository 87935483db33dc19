using Portal.Vault;
using Portal.Web.Components.Log;

namespace Portal.Web.Tests.Components.Log;

public sealed class LogQueryTests
{
    [Fact]
    public void Parse_Unknown_IsLeftOut()
    {
        var query = LogQuery.Parse("3y", "eaten", "maybe", "  ", "");

        Assert.Equal(new LogQuery(LogQuery.DefaultRange, null, null, null, null), query);
        Assert.False(query.IsFiltered);
        Assert.Equal("", query.ToQuery());
    }

    [Fact]
    public void ToQuery_EveryFilter_ReadsBackTheSame()
    {
        var query = LogQuery.Parse("7d", "stored", "ok", "a&b=c", "cursor");

        Assert.Equal("?range=7d&stage=stored&outcome=ok&q=a%26b%3Dc&after=cursor", query.ToQuery());
    }

    [Fact]
    public void ToRequest_Range_IsCountedBackFromNow()
    {
        var now = new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);

        var request = LogQuery.Parse("1h", null, null, "192.0.2.1", null).ToRequest(VaultActor.Session(Guid.NewGuid(), true, DateTimeOffset.MaxValue), now);

        Assert.Equal(now.AddHours(-1), request.From);
        Assert.Equal("192.0.2.1", request.Text);
        Assert.Null(request.Stages);
    }
}
