using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Portal.Platform.Accounts.Passwords;

/// <summary>
/// bcrypt over base64(SHA-384(UTF-8 password)): 64 ASCII characters, so nothing is cut at bcrypt's 72 bytes and no NUL ends it early.
/// Slow by design; call it through <see cref="PasswordWorkers"/> only.
/// </summary>
public sealed partial class BcryptPasswordHasher(IOptions<PlatformOptions> options) : IPasswordHasher<User>
{
    private readonly int cost = options.Value.BcryptCost;
    private readonly Lazy<string> decoy = new(() => Hash(RandomNumberGenerator.GetHexString(32), options.Value.BcryptCost));

    /// <summary>A hash that no password fits, of the current cost: checked in place of an account that does not exist.</summary>
    public string Decoy => decoy.Value;

    public string HashPassword(User user, string password) => Hash(password, cost);

    public PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword) =>
        Verify(hashedPassword, providedPassword);

    internal string Hash(string password) => Hash(password, cost);

    internal PasswordVerificationResult Verify(string hash, string password)
    {
        if (!HashShape().IsMatch(hash) || !BCrypt.Net.BCrypt.Verify(Digest(password), hash))
            return PasswordVerificationResult.Failed;
        return BCrypt.Net.BCrypt.PasswordNeedsRehash(hash, cost)
            ? PasswordVerificationResult.SuccessRehashNeeded
            : PasswordVerificationResult.Success;
    }

    [GeneratedRegex(@"^\$2[aby]\$[0-9]{2}\$[./0-9A-Za-z]{53}\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HashShape();

    private static string Hash(string password, int cost) => BCrypt.Net.BCrypt.HashPassword(Digest(password), cost);

    private static string Digest(string password) => Convert.ToBase64String(SHA384.HashData(Encoding.UTF8.GetBytes(password)));
}
