using Microsoft.Extensions.Options;
using Portal.Platform.Accounts.Passwords;

namespace Portal.Platform;

/// <summary>Reports every faulty option at once, each with the key to set.</summary>
internal sealed class PlatformOptionsValidator : IValidateOptions<PlatformOptions>
{
    public ValidateOptionsResult Validate(string? name, PlatformOptions options)
    {
        var faults = new List<string>();
        Between(faults, nameof(options.BcryptCost), options.BcryptCost, 4, 16);
        Between(faults, nameof(options.BcryptThreads), options.BcryptThreads, 0, 256);
        Between(faults, nameof(options.BcryptQueueLength), options.BcryptQueueLength, 1, 100_000);
        Between(faults, nameof(options.LockoutFailures), options.LockoutFailures, 1, 100);
        Between(faults, nameof(options.AttemptsPerAddress), options.AttemptsPerAddress, 1, 1_000_000);
        Between(faults, nameof(options.AttemptsPerNetwork), options.AttemptsPerNetwork, 1, 1_000_000);
        Between(faults, nameof(options.LockoutDuration), options.LockoutDuration, TimeSpan.FromSeconds(1), TimeSpan.FromDays(30));
        Between(faults, nameof(options.AttemptWindow), options.AttemptWindow, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Between(faults, nameof(options.SessionLifetime), options.SessionLifetime, TimeSpan.FromMinutes(1), TimeSpan.FromDays(366));
        Between(faults, nameof(options.SessionIdleTimeout), options.SessionIdleTimeout, TimeSpan.FromMinutes(1), options.SessionLifetime);
        Between(faults, nameof(options.CredentialCacheLifetime), options.CredentialCacheLifetime, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Between(faults, nameof(options.SetupLinkLifetime), options.SetupLinkLifetime, TimeSpan.FromMinutes(1), TimeSpan.FromDays(7));
        Between(faults, nameof(options.StepUpWindow), options.StepUpWindow, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
        Between(faults, nameof(options.InviteLifetime), options.InviteLifetime, TimeSpan.FromMinutes(5), TimeSpan.FromDays(90));
        Between(faults, nameof(options.VerifyLinkLifetime), options.VerifyLinkLifetime, TimeSpan.FromMinutes(5), TimeSpan.FromDays(7));
        Between(faults, nameof(options.ResetLinkLifetime), options.ResetLinkLifetime, TimeSpan.FromMinutes(5), TimeSpan.FromDays(1));
        Between(faults, nameof(options.MailsPerHour), options.MailsPerHour, 1, 1_000);
        Between(faults, nameof(options.LeastAnswerTime), options.LeastAnswerTime, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        if (options.BreachedPasswordsFile is { Length: > 0 } path && FaultOfPwnedPasswords(path) is { } fault)
            faults.Add($"Portal:Platform:BreachedPasswordsFile is {path}, and {fault}.");
        Between(faults, nameof(options.PasskeysPerAccount), options.PasskeysPerAccount, 1, 100);
        Between(faults, nameof(options.DeletionGrace), options.DeletionGrace, TimeSpan.FromDays(1), TimeSpan.FromDays(365));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static string? FaultOfPwnedPasswords(string path)
    {
        try
        {
            using var file = PwnedPasswordsFile.Open(path);
            return file.FindFault();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "it cannot be read: " + fault.Message;
        }
    }

    private static void Between<T>(List<string> faults, string key, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
            faults.Add($"Portal:Platform:{key} is {value}; it must be from {least} to {most}.");
    }
}
