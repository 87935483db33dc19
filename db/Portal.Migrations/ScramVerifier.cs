using System.Security.Cryptography;

namespace Portal.Migrations;

/// <summary>
/// What PostgreSQL stores of a password (RFC 5803: <c>SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey</c>). Made here, so that the
/// password itself never stands in a statement, where a server log could keep it.
/// </summary>
internal static class ScramVerifier
{
    /// <summary>PostgreSQL's own default (<c>scram_iterations</c>). The passwords are random, so more would only slow down connecting.</summary>
    private const int Iterations = 4096;

    /// <param name="password">ASCII, so that SASLprep (RFC 4013) leaves it as it is.</param>
    public static string Create(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var salted = Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA256, 32);
        var stored = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var server = HMACSHA256.HashData(salted, "Server Key"u8);
        return $"SCRAM-SHA-256${Iterations}:{Convert.ToBase64String(salt)}${Convert.ToBase64String(stored)}:{Convert.ToBase64String(server)}";
    }
}
