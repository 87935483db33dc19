using System.Net;
using Microsoft.Extensions.Options;

namespace Portal.Web.Hosting;

/// <summary>Where the servers listen; section <c>Portal:Listen</c>.</summary>
public sealed class ListenerOptions
{
    public const string Section = "Portal:Listen";

    /// <summary>An IP address, <c>localhost</c> (both loopback addresses) or <c>*</c> (every address).</summary>
    public string Address { get; set; } = "localhost";

    public int HttpPort { get; set; } = 5080;

    public int HttpsPort { get; set; } = 5443;

    /// <summary>SMTP intake.</summary>
    public int IntakePort { get; set; } = 2525;

    /// <summary>Message submission, TLS after STARTTLS.</summary>
    public int SubmissionPort { get; set; } = 2587;

    /// <summary>Message submission, TLS from the first octet.</summary>
    public int SubmissionTlsPort { get; set; } = 2465;

    /// <summary>Where mail programs reach <see cref="SubmissionPort"/>, where a router or container maps it to another; null: on itself.</summary>
    public int? PublicSubmissionPort { get; set; }

    /// <summary>The same of <see cref="SubmissionTlsPort"/>.</summary>
    public int? PublicSubmissionTlsPort { get; set; }

    internal bool IsLocalhost => string.Equals(Address, "localhost", StringComparison.OrdinalIgnoreCase);

    internal bool IsAny => string.Equals(Address, "*", StringComparison.Ordinal);

    internal IEnumerable<(string Key, int Port)> Ports()
    {
        yield return ($"{Section}:HttpPort", HttpPort);
        yield return ($"{Section}:HttpsPort", HttpsPort);
        yield return ($"{Section}:IntakePort", IntakePort);
        yield return ($"{Section}:SubmissionPort", SubmissionPort);
        yield return ($"{Section}:SubmissionTlsPort", SubmissionTlsPort);
    }
}

internal sealed class ListenerOptionsValidator : IValidateOptions<ListenerOptions>
{
    public ValidateOptionsResult Validate(string? name, ListenerOptions options)
    {
        var faults = new List<string>();
        if (!options.IsLocalhost && !options.IsAny && !IPAddress.TryParse(options.Address, out _))
            faults.Add($"{ListenerOptions.Section}:Address must be an IP address, “localhost” or “*”, not “{options.Address}”.");
        foreach (var (key, port) in options.Ports())
        {
            if (port is < 1 or > 65535)
                faults.Add($"{key} must be a port from 1 to 65535, not {port}.");
        }

        foreach (var (key, port) in new[] { ("PublicSubmissionPort", options.PublicSubmissionPort), ("PublicSubmissionTlsPort", options.PublicSubmissionTlsPort) })
        {
            if (port is < 1 or > 65535)
                faults.Add($"{ListenerOptions.Section}:{key} must be a port from 1 to 65535, not {port}.");
        }

        foreach (var clash in options.Ports().GroupBy(p => p.Port).Where(g => g.Count() > 1))
            faults.Add($"{string.Join(" and ", clash.Select(p => p.Key))} are both {clash.Key}; each needs its own port.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
