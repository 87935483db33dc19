using System.Net;
using System.Text.Json;

namespace Portal.Passwords;

/// <summary>Sign-ins of one program since they were last noted.</summary>
/// <param name="PasswordId">Which of the credential's passwords: tells who is still on the old one.</param>
/// <param name="ClientName">What the program called itself; may be empty.</param>
/// <param name="At">The last of them.</param>
/// <param name="Uses">How many.</param>
public sealed record CredentialUse(
    Guid CredentialId, Guid PasswordId, CredentialProtocol Protocol, string ClientName, IPAddress? Address, DateTimeOffset At, long Uses)
{
    /// <summary>As the databases' functions take them.</summary>
    /// <param name="idName">What the function calls the credential's id.</param>
    public static string ToJson(IEnumerable<CredentialUse> uses, string idName) => JsonSerializer.Serialize(uses.Select(use => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        [idName] = use.CredentialId,
        ["password"] = use.PasswordId,
        ["protocol"] = use.Protocol == CredentialProtocol.Imap ? "imap" : "smtp",
        // PostgreSQL takes no NUL in text, and no zone in an address.
        ["client"] = string.Concat(use.ClientName.Where(c => !char.IsControl(c) && !char.IsSurrogate(c))),
        ["ip"] = Plain(use.Address)?.ToString(),
        ["at"] = use.At,
        ["uses"] = use.Uses,
    }));

    private static IPAddress? Plain(IPAddress? address)
    {
        if (address is null)
            return null;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes());
    }
}
