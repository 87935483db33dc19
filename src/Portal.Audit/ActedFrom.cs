namespace Portal.Audit;

/// <summary>From where an act came, as far as it helps to recognise it and no further.</summary>
/// <param name="Network">/24 of IPv4, /48 of IPv6; null at the console.</param>
/// <param name="Agent">The kind of browser, as “Firefox on Linux”; null for programs that do not say.</param>
/// <param name="Credential">The session or token that it came by, as <c>session 1f0c9a2e</c>: enough to find it, too little to use it.</param>
public sealed record ActedFrom(string? Network, string? Agent, string? Credential)
{
    public const int CredentialDigits = 8;

    public static string SessionName(Guid id) => $"session {Short(id)}";

    public static string TokenName(Guid id) => $"token {Short(id)}";

    private static string Short(Guid id) => $"{id:n}"[..CredentialDigits];
}
