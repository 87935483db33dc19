using System.Globalization;
using Microsoft.Extensions.Options;

namespace Portal.Mail.Smtp;

/// <summary>Reports every fault at once, each with the key to set.</summary>
internal sealed class SmtpSubmissionOptionsValidator : IValidateOptions<SmtpSubmissionOptions>
{
    public ValidateOptionsResult Validate(string? name, SmtpSubmissionOptions options)
    {
        // As on intake, and 500 for the AUTH parameter of MAIL (RFC 4954 section 3).
        var faults = SmtpServerOptionsFaults.Find(options, SmtpSubmissionOptions.Section, leastCommandLine: 1065);
        if (options.MaxAuthFailures < 1)
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{SmtpSubmissionOptions.Section}:{nameof(options.MaxAuthFailures)} is {options.MaxAuthFailures}; it must be at least 1."));
        if (options.LoginTimeout <= TimeSpan.Zero || options.LoginTimeout > options.SessionTimeout)
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{SmtpSubmissionOptions.Section}:{nameof(options.LoginTimeout)} is {options.LoginTimeout}; it must be above 00:00:00 and at most SessionTimeout."));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
