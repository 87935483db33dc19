using Microsoft.AspNetCore.Components;

namespace Portal.Web.Components.Shared;

/// <summary>A component that loads: what it started ends when the reader leaves.</summary>
public abstract class LoadingComponent : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource leaving = new();

    protected CancellationToken Leaving { get; }

    protected LoadingComponent() => Leaving = leaving.Token;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            leaving.Cancel();
            leaving.Dispose();
        }
    }
}
