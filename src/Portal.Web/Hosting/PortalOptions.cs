using Microsoft.Extensions.Options;

namespace Portal.Web.Hosting;

/// <summary>What this instance is; section <c>Portal</c>.</summary>
public sealed class PortalOptions
{
    public const string Section = "Portal";

    /// <summary>Names this host in SMTP greetings and trace headers.</summary>
    public string HostName { get; set; } = "localhost";

    /// <summary>Where people reach the portal, as <c>https://mail.example.org/</c>: links in its messages begin with it. Null: the address that it prints.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>What this instance runs; empty means everything: <c>web</c>, <c>intake</c>, <c>submission</c>, <c>delivery</c>.</summary>
    public IList<string> Roles { get; set; } = [];

    /// <summary>
    /// Proxies before the portal, as IP addresses or networks (<c>10.0.0.0/8</c>): their <c>X-Forwarded-*</c> headers say who asks and by
    /// which name. Empty: nobody's do.
    /// </summary>
    public IList<string> TrustedProxies { get; set; } = [];

    public bool Runs(string role) => Roles.Count == 0 || Roles.Contains(role, StringComparer.OrdinalIgnoreCase);
}

/// <summary>The roles of an instance.</summary>
public static class PortalRoles
{
    /// <summary>Pages and HTTP API.</summary>
    public const string Web = "web";

    /// <summary>SMTP intake.</summary>
    public const string Intake = "intake";

    /// <summary>Message submission, and sign-in for other mail servers on this machine.</summary>
    public const string Submission = "submission";

    /// <summary>The portal's own messages, and what falls due by time.</summary>
    public const string Delivery = "delivery";

    public static readonly IReadOnlyList<string> All = [Web, Intake, Submission, Delivery];
}

internal sealed class PortalOptionsValidator : IValidateOptions<PortalOptions>
{
    public ValidateOptionsResult Validate(string? name, PortalOptions options)
    {
        var faults = new List<string>();
        if (Uri.CheckHostName(options.HostName) != UriHostNameType.Dns)
            faults.Add($"{PortalOptions.Section}:HostName must be a host name such as mail.example.org, not “{options.HostName}”.");
        if (options.PublicUrl is not null && !IsSiteAddress(options.PublicUrl))
            faults.Add($"{PortalOptions.Section}:PublicUrl must be an http or https address without a path, such as https://mail.example.org, not “{options.PublicUrl}”.");
        foreach (var role in options.Roles.Where(role => !PortalRoles.All.Contains(role, StringComparer.OrdinalIgnoreCase)))
            faults.Add($"{PortalOptions.Section}:Roles names “{role}”. It can be any of: {string.Join(", ", PortalRoles.All)}.");
        foreach (var proxy in options.TrustedProxies.Where(proxy => Security.TrustedProxies.Parse(proxy) is null))
            faults.Add($"{PortalOptions.Section}:TrustedProxies names “{proxy}”. Each must be an IP address or a network such as 10.0.0.0/8.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static bool IsSiteAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
        && url is { PathAndQuery: "/", Fragment: "", UserInfo: "" };
}
