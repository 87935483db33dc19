using Microsoft.Extensions.Options;

namespace Portal.Mail.Smtp;

/// <summary>Reports every fault at once, each with the key to set.</summary>
internal sealed class SmtpIntakeOptionsValidator : IValidateOptions<SmtpIntakeOptions>
{
    public ValidateOptionsResult Validate(string? name, SmtpIntakeOptions options)
    {
        // 512 of RFC 5321 section 4.5.3.1.4, and 53 for SIZE, BODY and SMTPUTF8.
        var faults = SmtpServerOptionsFaults.Find(options, SmtpIntakeOptions.Section, leastCommandLine: 565);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
