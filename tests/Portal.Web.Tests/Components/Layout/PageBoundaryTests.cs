using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Portal.Web.Components.Layout;

namespace Portal.Web.Tests.Components.Layout;

public sealed class PageBoundaryTests : ComponentTest
{
    [Fact]
    public void Content_Throws_ShowsReferenceAndNothingOfTheCause()
    {
        var boundary = Render<PageBoundary>(p => p.AddChildContent<Failing>());

        Assert.Matches("Reference [0-9a-f]{12}", boundary.Find("[role=alert]").TextContent);
        Assert.DoesNotContain(Failing.Cause, boundary.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Content_Fine_IsShownAsItIs()
    {
        var boundary = Render<PageBoundary>(p => p.AddChildContent("<p>fine</p>"));

        boundary.MarkupMatches("<p>fine</p>");
    }

    private sealed class Failing : ComponentBase
    {
        public const string Cause = "connection string host=db1";

        protected override void BuildRenderTree(RenderTreeBuilder builder) => throw new InvalidOperationException(Cause);
    }
}
