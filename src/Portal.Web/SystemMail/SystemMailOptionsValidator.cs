using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.Extensions.Options;
using MimeKit;
using Portal.Databases;

namespace Portal.Web.SystemMail;

/// <summary>Reports every fault at once, each with the key to set.</summary>
internal sealed class SystemMailOptionsValidator : IValidateOptions<SystemMailOptions>
{
    public ValidateOptionsResult Validate(string? name, SystemMailOptions options)
    {
        var faults = new List<string>();
        if (options.From is { Length: > 0 } from && !TryReadSender(from, out _))
            faults.Add($"{Key(nameof(options.From))} must be one address such as “Vaultbox <vaultbox@example.org>”, not “{from}”.");
        if (options.MaxAttempts is < 1 or > 10_000)
            faults.Add($"{Key(nameof(options.MaxAttempts))} must be from 1 to 10000, not {options.MaxAttempts}.");
        Between(faults, nameof(options.Timeout), options.Timeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));
        Between(faults, nameof(options.FirstRetry), options.FirstRetry, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Between(faults, nameof(options.LongestRetry), options.LongestRetry, options.FirstRetry, TimeSpan.FromDays(1));
        if (options.IsConfigured)
            CheckSmartHost(faults, options);
        else if (options.SignsIn || options.Password is not null || options.PasswordFile is not null)
            faults.Add($"{Key(nameof(options.Host))} is not set, but a user name or password is.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    /// <summary>One mailbox with a domain.</summary>
    internal static bool TryReadSender(string text, [NotNullWhen(true)] out MailboxAddress? sender) =>
        MailboxAddress.TryParse(text, out sender) && sender.Domain.Length > 0 && sender.LocalPart.Length > 0;

    private static void CheckSmartHost(List<string> faults, SystemMailOptions options)
    {
        if (Uri.CheckHostName(options.Host) == UriHostNameType.Unknown)
            faults.Add($"{Key(nameof(options.Host))} must be a host name or an IP address, not “{options.Host}”.");
        if (options.Port is < 1 or > 65535)
            faults.Add($"{Key(nameof(options.Port))} must be a port from 1 to 65535, not {options.Port}.");
        if (string.IsNullOrWhiteSpace(options.From))
            faults.Add($"{Key(nameof(options.From))} is not set: the smart host needs a sender that it may send for.");
        var isKnown = Enum.TryParse<SmartHostSecurity>(options.Security, ignoreCase: true, out var security) && Enum.IsDefined(security);
        if (!isKnown)
            faults.Add($"{Key(nameof(options.Security))} must be StartTls, Tls or None, not “{options.Security}”.");
        if (isKnown && security == SmartHostSecurity.None && options.SignsIn && !IsThisMachine(options.Host!))
            faults.Add($"{Key(nameof(options.Security))} is None, so the password would travel in clear. Use StartTls or Tls.");
        if (options.CertificateAuthorityFile is { } authorities && !File.Exists(authorities))
            faults.Add($"{Key(nameof(options.CertificateAuthorityFile))} names {authorities}, which is not there.");
        CheckPassword(faults, options);
    }

    private static void CheckPassword(List<string> faults, SystemMailOptions options)
    {
        if (options is { Password: not null, PasswordFile: not null })
            faults.Add($"{Key(nameof(options.Password))} and {Key(nameof(options.PasswordFile))} are both set; set one.");
        if (options.SignsIn != (options.Password is not null || options.PasswordFile is not null))
            faults.Add($"{Key(nameof(options.UserName))} and a password ({Key(nameof(options.PasswordFile))}) belong together; only one of them is set.");
        if (options.PasswordFile is not { } file)
            return;
        if (!File.Exists(file))
            faults.Add($"{Key(nameof(options.PasswordFile))} names {file}, which is not there.");
        else if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & ~PrivateFile.OwnerOnly) != UnixFileMode.None)
            faults.Add($"{Key(nameof(options.PasswordFile))}: others may read {file}. Run: chmod 600 {file}");
    }

    private static bool IsThisMachine(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static void Between(List<string> faults, string name, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
            faults.Add($"{Key(name)} is {value}; it must be from {least} to {most}.");
    }

    private static string Key(string name) => $"{SystemMailOptions.Section}:{name}";
}
