using Microsoft.Extensions.Options;

namespace Portal.Vault.Intake;

/// <summary>Section <c>Portal:Vault</c>: the memory that sealing takes, beside that of messages on their way in.</summary>
public sealed class SealingOptions
{
    public const string Section = "Portal:Vault";

    // Room for a usual message with its recipients; a larger one is let in alone.
    private const long LeastBytes = 1024 * 1024;

    /// <summary>Octets of sealed messages that all deliveries of this instance together may hold. Default 134,217,728 (128 MiB).</summary>
    public long SealingMemoryBytes { get; set; } = 128L * 1024 * 1024;

    /// <summary>How long a delivery waits for room before its sender is asked to try again. Default 1 minute; below the intake's BackendTimeout.</summary>
    public TimeSpan SealingWait { get; set; } = TimeSpan.FromMinutes(1);

    internal IEnumerable<string> Faults()
    {
        if (SealingMemoryBytes < LeastBytes)
            yield return $"{Section}:{nameof(SealingMemoryBytes)} is {SealingMemoryBytes}; it must be at least {LeastBytes}.";
        if (SealingWait <= TimeSpan.Zero || SealingWait > TimeSpan.FromHours(1))
            yield return $"{Section}:{nameof(SealingWait)} is {SealingWait}; it must be above 00:00:00 and at most 01:00:00.";
    }
}

internal sealed class SealingOptionsValidator : IValidateOptions<SealingOptions>
{
    public ValidateOptionsResult Validate(string? name, SealingOptions options) =>
        options.Faults().ToList() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
}
