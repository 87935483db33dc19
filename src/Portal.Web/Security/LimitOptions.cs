using Microsoft.Extensions.Options;

namespace Portal.Web.Security;

/// <summary>
/// How much whoever is not signed in may ask for; section <c>Portal:Limits</c>. On top of this, guesses at passwords, codes and links
/// are limited by <c>Portal:Platform:Attempts…</c>. Static files and health are exempt.
/// </summary>
public sealed class LimitOptions
{
    public const string Section = "Portal:Limits";

    /// <summary>Anonymous requests of one address (IPv4 address, IPv6 /64) that may come at once.</summary>
    public int AnonymousBurstPerAddress { get; set; } = 300;

    /// <summary>Anonymous requests a minute of one address in the long run.</summary>
    public int AnonymousPerAddressPerMinute { get; set; } = 300;

    /// <summary>Anonymous requests of one network (IPv4 /24, IPv6 /48) that may come at once.</summary>
    public int AnonymousBurstPerNetwork { get; set; } = 3000;

    /// <summary>Anonymous requests a minute of one network in the long run.</summary>
    public int AnonymousPerNetworkPerMinute { get; set; } = 3000;
}

internal sealed class LimitOptionsValidator : IValidateOptions<LimitOptions>
{
    public ValidateOptionsResult Validate(string? name, LimitOptions options)
    {
        var faults = new List<string>();
        Between(faults, nameof(options.AnonymousBurstPerAddress), options.AnonymousBurstPerAddress);
        Between(faults, nameof(options.AnonymousPerAddressPerMinute), options.AnonymousPerAddressPerMinute);
        Between(faults, nameof(options.AnonymousBurstPerNetwork), options.AnonymousBurstPerNetwork);
        Between(faults, nameof(options.AnonymousPerNetworkPerMinute), options.AnonymousPerNetworkPerMinute);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Between(List<string> faults, string key, int value)
    {
        if (value is < 1 or > 10_000_000)
            faults.Add($"{LimitOptions.Section}:{key} is {value}; it must be from 1 to 10000000.");
    }
}
