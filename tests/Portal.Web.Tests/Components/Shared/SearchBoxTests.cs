using Bunit;
using Portal.Web.Components.Shared;

namespace Portal.Web.Tests.Components.Shared;

public sealed class SearchBoxTests : ComponentTest
{
    private readonly List<string> searches = [];

    [Fact]
    public async Task Type_LettersInOneGo_SearchesOnceAfterTheRest()
    {
        var box = Render<SearchBox>(p => p.Add(b => b.Label, "Name").Add(b => b.OnSearch, searches.Add));

        var first = box.Find("input").InputAsync("c");
        await Time.WaitsAsync();
        Time.Advance(TimeSpan.FromMilliseconds(100));
        await Time.RestAfterAsync(box.Find("input").InputAsync("ch"));
        await first;

        Assert.Equal(["ch"], searches);
    }

    [Fact]
    public async Task Value_EchoOfAnEarlierSearch_DoesNotOverwriteTyping()
    {
        var box = Render<SearchBox>(p => p.Add(b => b.Label, "Name").Add(b => b.OnSearch, searches.Add));
        await Time.RestAfterAsync(box.Find("input").InputAsync("ch"));
        _ = box.Find("input").InputAsync("choir");
        await Time.WaitsAsync();

        box.Render(p => p.Add(b => b.Value, "ch"));

        Assert.Equal("choir", box.Find("input").GetAttribute("value"));
    }

    [Fact]
    public void Value_FromTheUrl_IsShown()
    {
        var box = Render<SearchBox>(p => p.Add(b => b.Label, "Name").Add(b => b.Value, "choir"));

        Assert.Equal("choir", box.Find("input").GetAttribute("value"));
        Assert.Equal("q", box.Find("input").GetAttribute("name"));
    }
}
