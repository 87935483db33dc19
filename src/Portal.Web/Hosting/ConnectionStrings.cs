namespace Portal.Web.Hosting;

/// <summary>The two databases, each by its service role and by the read-only role of sign-in.</summary>
internal static class ConnectionStrings
{
    public const string PlatformKey = "Portal:Platform:ConnectionString";
    public const string VaultKey = "Portal:Vault:ConnectionString";

    public const string PlatformAuthKey = "Portal:Platform:AuthConnectionString";
    public const string VaultAuthKey = "Portal:Vault:AuthConnectionString";

    public static string Platform(IConfiguration configuration) => Require(configuration, PlatformKey);

    public static string Vault(IConfiguration configuration) => Require(configuration, VaultKey);

    public static string PlatformAuth(IConfiguration configuration) => Require(configuration, PlatformAuthKey);

    public static string VaultAuth(IConfiguration configuration) => Require(configuration, VaultAuthKey);

    /// <summary>Whether the operator named databases of their own; both or neither.</summary>
    /// <exception cref="ConfigurationException">Only one of the two is set.</exception>
    public static bool AreGiven(IConfiguration configuration)
    {
        var (platform, vault) = (configuration[PlatformKey], configuration[VaultKey]);
        if (string.IsNullOrEmpty(platform) != string.IsNullOrEmpty(vault))
        {
            var (set, missing) = string.IsNullOrEmpty(platform) ? (VaultKey, PlatformKey) : (PlatformKey, VaultKey);
            throw new ConfigurationException($"{set} is set, but {missing} is not. Set both to use your own databases, or neither for the embedded ones.");
        }

        return !string.IsNullOrEmpty(platform);
    }

    private static string Require(IConfiguration configuration, string key) => configuration[key] is { Length: > 0 } value
        ? value
        : throw new ConfigurationException($"{key} is not set. Start with `./portal up`, which makes embedded databases, or set it.");
}

/// <summary>The configuration cannot be used; the message names the key and what to do.</summary>
public sealed class ConfigurationException(string message) : Exception(message);
