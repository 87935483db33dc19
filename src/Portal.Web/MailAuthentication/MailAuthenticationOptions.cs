using Microsoft.Extensions.Options;

namespace Portal.Web.MailAuthentication;

/// <summary>Sign-in of mail programs; section <c>Portal:MailAuthentication</c>.</summary>
public sealed class MailAuthenticationOptions
{
    public const string Section = "Portal:MailAuthentication";

    /// <summary>How long a password that was checked once is taken without bcrypt. A change of the credential ends it at once.</summary>
    public TimeSpan CacheLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Checked passwords that are remembered, each about 1 KB.</summary>
    public int CacheEntries { get; set; } = 50_000;

    /// <summary>Failed sign-ins of one address (IPv4 address, IPv6 /64), and of one name, per <see cref="AttemptWindow"/>.</summary>
    public int AttemptsPerAddress { get; set; } = 30;

    /// <summary>Failed sign-ins of one network (IPv4 /24, IPv6 /48) per <see cref="AttemptWindow"/>.</summary>
    public int AttemptsPerNetwork { get; set; } = 150;

    /// <summary>Time in which spent attempts come back in full.</summary>
    public TimeSpan AttemptWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Uses are noted in the database this often.</summary>
    public TimeSpan UseInterval { get; set; } = TimeSpan.FromSeconds(5);
}

internal sealed class MailAuthenticationOptionsValidator : IValidateOptions<MailAuthenticationOptions>
{
    public ValidateOptionsResult Validate(string? name, MailAuthenticationOptions options)
    {
        var faults = new List<string>();
        Between(faults, nameof(options.CacheLifetime), options.CacheLifetime, TimeSpan.Zero, TimeSpan.FromHours(1));
        Between(faults, nameof(options.CacheEntries), options.CacheEntries, 0, 10_000_000);
        Between(faults, nameof(options.AttemptsPerAddress), options.AttemptsPerAddress, 1, 1_000_000);
        Between(faults, nameof(options.AttemptsPerNetwork), options.AttemptsPerNetwork, 1, 1_000_000);
        Between(faults, nameof(options.AttemptWindow), options.AttemptWindow, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Between(faults, nameof(options.UseInterval), options.UseInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(5));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Between<T>(List<string> faults, string key, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
            faults.Add($"{MailAuthenticationOptions.Section}:{key} is {value}; it must be from {least} to {most}.");
    }
}
