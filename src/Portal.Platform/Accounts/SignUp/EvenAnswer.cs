using Microsoft.Extensions.Options;

namespace Portal.Platform.Accounts.SignUp;

/// <summary>Makes answers take the same time whether or not there is an account: none comes before <see cref="PlatformOptions.LeastAnswerTime"/>.</summary>
public sealed class EvenAnswer(IOptions<PlatformOptions> options)
{
    private readonly TimeSpan least = options.Value.LeastAnswerTime;

    /// <summary>Runs the part whose work depends on what exists. The clock on the wall, whatever clock the portal is given.</summary>
    internal async Task RunAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        var floor = Task.Delay(least, TimeProvider.System, cancellationToken);
        await work();
        await floor;
    }
}

/// <summary>A message is on its way to the address, if there is reason for one.</summary>
public sealed record MailOnItsWay(string Email);
