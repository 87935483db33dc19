using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Portal.Mail.DovecotAuth;
using Portal.Web.Hosting;

namespace Portal.Web.MailHosting;

/// <summary>Where other mail servers of this machine ask who may sign in; section <c>Portal:DovecotAuth</c>.</summary>
internal sealed class DovecotSocketOptions
{
    /// <summary>Path of the UNIX socket, at most 107 characters; null: none is opened.</summary>
    public string? SocketPath { get; set; }

    /// <summary>Permissions of the socket in octal: who may write to it may ask. The group is the directory's, where that has the setgid bit.</summary>
    public string SocketMode { get; set; } = "660";
}

internal sealed class DovecotSocketOptionsValidator : IValidateOptions<DovecotSocketOptions>
{
    /// <summary>sun_path holds 108 octets with its end.</summary>
    private const int LongestPath = 107;

    public ValidateOptionsResult Validate(string? name, DovecotSocketOptions options)
    {
        if (options.SocketPath is null)
            return ValidateOptionsResult.Success;
        var faults = new List<string>();
        if (!Path.IsPathFullyQualified(options.SocketPath) || System.Text.Encoding.UTF8.GetByteCount(options.SocketPath) > LongestPath)
            faults.Add($"{DovecotAuthOptions.Section}:SocketPath must be an absolute path of at most {LongestPath} octets, not “{options.SocketPath}”.");
        else if (!Directory.Exists(Path.GetDirectoryName(options.SocketPath)))
            faults.Add($"{DovecotAuthOptions.Section}:SocketPath is {options.SocketPath}, whose directory does not exist. Make it first.");
        if (DovecotSocket.ModeOf(options.SocketMode) is null)
            faults.Add($"{DovecotAuthOptions.Section}:SocketMode must be three octal digits such as 660, not “{options.SocketMode}”.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}

/// <summary>The file of the socket: what a killed portal left is cleared away, and its permissions are set once it is bound.</summary>
internal static class DovecotSocket
{
    public static UnixFileMode? ModeOf(string octal) =>
        octal.Length == 3 && octal.All(digit => digit is >= '0' and <= '7') ? (UnixFileMode)Convert.ToInt32(octal, 8) : null;

    /// <exception cref="ConfigurationException">Another program listens there, or the path is something else than a socket.</exception>
    public static void Clear(string path)
    {
        if (!File.Exists(path))
            return;
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused && File.GetAttributes(path) is var attributes
            && !attributes.HasFlag(FileAttributes.Directory) && new FileInfo(path).Length == 0)
        {
            File.Delete(path);
            return;
        }
        catch (SocketException failed)
        {
            throw new ConfigurationException($"{DovecotAuthOptions.Section}:SocketPath is {path}, which cannot be used: {failed.Message}. Remove it, or choose another path.");
        }

        throw new ConfigurationException($"{DovecotAuthOptions.Section}:SocketPath is {path}, where another program listens. Stop it, or choose another path.");
    }
}
