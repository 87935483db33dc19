using Portal.Platform;
using Portal.Platform.Accounts;

namespace Portal.Web.Components.Shared;

/// <summary>
/// A component that asks a use case for something: one act at a time. Refused for want of a fresh proof it keeps all that was typed, and
/// repeats the act once the proof was given (<see cref="StepUpCard"/>).
/// </summary>
public abstract class ActingComponent : LoadingComponent
{
    private Func<Task>? refused;

    protected bool IsBusy { get; private set; }

    /// <summary>Why the last act was refused, unless a proof is all that is missing.</summary>
    protected Failure? Failure { get; set; }

    protected bool WaitsForProof => refused is not null;

    protected async Task ActAsync<T>(Func<Task<Outcome<T>>> act, Func<T, Task> done)
        where T : notnull
    {
        if (IsBusy)
            return;
        (IsBusy, Failure) = (true, null);
        try
        {
            var outcome = await act();
            refused = string.Equals(outcome.Failure?.Code, AccountFailures.StepUpRequired.Code, StringComparison.Ordinal) ? () => ActAsync(act, done) : null;
            if (outcome.Succeeded)
                await done(outcome.Value);
            else if (refused is null)
                Failure = outcome.Failure;
        }
        finally
        {
            IsBusy = false;
        }
    }

    protected Task RepeatAsync() => refused?.Invoke() ?? Task.CompletedTask;
}
