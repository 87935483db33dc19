using Microsoft.Extensions.Options;

namespace Portal.Vault.ProcessingLog;

/// <summary>Section <c>Portal:Vault</c>.</summary>
public sealed class ProcessingLogOptions
{
    public const string Section = "Portal:Vault";

    /// <summary>How many days the processing log is kept, today not counted; 7 to 3,650.</summary>
    public int ProcessingLogDays { get; set; } = 90;
}

internal sealed class ProcessingLogOptionsValidator : IValidateOptions<ProcessingLogOptions>
{
    public ValidateOptionsResult Validate(string? name, ProcessingLogOptions options) => options.ProcessingLogDays is >= 7 and <= 3_650
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"{ProcessingLogOptions.Section}:ProcessingLogDays must be 7 to 3650 days, not {options.ProcessingLogDays}.");
}
