using System.Diagnostics;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Layout;

/// <summary>
/// The outermost catch of a page, or of one part of it: says what happened in plain words, offers another try, and gives the reference
/// under which the cause is in the server's log. Trying again makes the content anew, so it loads again.
/// </summary>
public sealed class PageBoundary : ErrorBoundaryBase
{
    private readonly ILogger<PageBoundary> logger;
    private string reference = "";

    public PageBoundary(ILogger<PageBoundary> logger) => this.logger = logger;

    protected override Task OnErrorAsync(Exception exception)
    {
        reference = ActivityTraceId.CreateRandom().ToHexString()[..12];
        PageLog.Failed(logger, reference, exception);
        return Task.CompletedTask;
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (CurrentException is null)
        {
            builder.AddContent(0, ChildContent);
            return;
        }

        builder.OpenComponent<LoadFailed>(1);
        builder.AddComponentParameter(2, nameof(LoadFailed.Reference), reference);
        builder.AddComponentParameter(3, nameof(LoadFailed.OnTryAgain), EventCallback.Factory.Create(this, Recover));
        builder.CloseComponent();
    }
}
