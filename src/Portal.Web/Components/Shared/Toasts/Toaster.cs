namespace Portal.Web.Components.Shared.Toasts;

/// <summary>
/// Says in a corner what was just done, and offers to take it back. One per circuit: it stays while the reader goes to another page.
/// <see cref="ToastHost"/> shows it.
/// </summary>
internal sealed class Toaster
{
    /// <summary>More would cover the page; the oldest goes.</summary>
    internal const int Most = 3;

    private readonly List<Toast> shown = [];

    internal event EventHandler? Changed;

    internal IReadOnlyList<Toast> Shown => shown;

    /// <param name="text">What was done, one sentence.</param>
    public void Say(string text) => Show(new Toast(text, IsFailure: false, null, null));

    /// <param name="label">Of the button: a verb.</param>
    /// <param name="act">What the button does; it may say something in turn.</param>
    public void Say(string text, string label, Func<Task> act) => Show(new Toast(text, IsFailure: false, label, act));

    /// <param name="text">What failed, why, and what to do.</param>
    public void Fail(string text) => Show(new Toast(text, IsFailure: true, null, null));

    internal void Close(Toast toast)
    {
        if (shown.Remove(toast))
            Changed?.Invoke(this, EventArgs.Empty);
    }

    private void Show(Toast toast)
    {
        if (shown.Count == Most)
            shown.RemoveAt(0);
        shown.Add(toast);
        Changed?.Invoke(this, EventArgs.Empty);
    }
}

/// <param name="Label">Null when there is nothing to take back.</param>
internal sealed record Toast(string Text, bool IsFailure, string? Label, Func<Task>? Act)
{
    /// <summary>Tells two with the same words apart.</summary>
    public Guid Id { get; } = Guid.NewGuid();
}
