using System.Globalization;
using Microsoft.Extensions.Options;

namespace Portal.Mail.DovecotAuth;

/// <summary>Reports every fault at once, each with the key to set.</summary>
internal sealed class DovecotAuthOptionsValidator : IValidateOptions<DovecotAuthOptions>
{
    // A timer takes no longer due time.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    public ValidateOptionsResult Validate(string? name, DovecotAuthOptions options)
    {
        var faults = new List<string>();

        void Within(long value, long least, long most, string key)
        {
            if (value < least || value > most)
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{DovecotAuthOptions.Section}:{key} is {value}; it must be at least {least} and at most {most}."));
        }

        void Positive(TimeSpan value, string key)
        {
            if (value <= TimeSpan.Zero || value > Longest)
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{DovecotAuthOptions.Section}:{key} is {value}; it must be above 00:00:00 and at most {Longest:c}."));
        }

        Within(options.MaxConnections, 1, int.MaxValue, nameof(options.MaxConnections));
        Within(options.MaxRequestsPerConnection, 1, 4096, nameof(options.MaxRequestsPerConnection));
        Within(options.MaxLineBytes, 1024, 65_536, nameof(options.MaxLineBytes));
        Positive(options.HandshakeTimeout, nameof(options.HandshakeTimeout));
        Positive(options.BackendTimeout, nameof(options.BackendTimeout));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
