using System.Collections.Frozen;
using Microsoft.Extensions.Options;

namespace Portal.Platform.Accounts.Passwords;

/// <summary>
/// Which passwords may be set (NIST SP 800-63B-4 section 3.1.1.2): long enough, not a name that an attacker knows, on no list of
/// breached ones; nothing about their composition.
/// </summary>
public sealed class PasswordRules : IDisposable
{
    /// <summary>Least length, in Unicode code points, of a password that stands alone.</summary>
    public const int LeastLength = 15;

    /// <summary>Least length, in Unicode code points, beside a second factor.</summary>
    public const int LeastLengthWithSecondFactor = 8;

    /// <summary>Greatest length in UTF-16 units; a longer one is refused before any work is done.</summary>
    public const int GreatestLength = 1024;

    /// <summary>So few characters beside a known name do not make a password of it.</summary>
    private const int CharactersThatHideNothing = 3;

    private const string Product = "vaultbox";

    private static readonly Failure Common = new("password_common", "This password is among the first that an attacker tries. Choose another.");
    private static readonly FrozenSet<string> CommonOnes = ReadCommon();

    private readonly string host;
    private readonly PwnedPasswordsFile? pwned;

    public PasswordRules(IOptions<PlatformOptions> options)
    {
        host = Fold(options.Value.PublicUrl.Host);
        pwned = options.Value.BreachedPasswordsFile is { Length: > 0 } path ? PwnedPasswordsFile.Open(path) : null;
    }

    /// <summary>Whether it has the length that it needs without a second factor: what <see cref="User.PasswordStandsAlone"/> keeps.</summary>
    public static bool StandsAlone(string password) => password.EnumerateRunes().Count() >= LeastLength;

    /// <param name="password">What was typed.</param>
    /// <param name="email">Of the account, in the one spelling of addresses.</param>
    /// <param name="hasSecondFactor">Whether the account has one on: then a shorter password will do.</param>
    /// <returns>Null when the password may be set.</returns>
    public Failure? Check(string? password, string email, bool hasSecondFactor)
    {
        var least = hasSecondFactor ? LeastLengthWithSecondFactor : LeastLength;
        if (password?.Length > GreatestLength)
            return new Failure("password_too_long", $"Use at most {GreatestLength} characters.");
        if (string.IsNullOrEmpty(password) || password.EnumerateRunes().Count() < least)
            return new Failure("password_too_short", $"Use at least {least} characters. A few words in a row are easy to remember.");
        var folded = Fold(password);
        if (IsHardlyMoreThan(folded, Fold(email)) || IsHardlyMoreThan(folded, Fold(email.Split('@')[0])))
            return new Failure("password_is_email", "The password must not be the e-mail address.");
        if (IsHardlyMoreThan(folded, Product) || IsHardlyMoreThan(folded, host))
            return new Failure("password_is_name", "The password must not be the name of this service.");
        var listed = CommonOnes.Contains(folded) || HasOneOrTwoCharacters(password) || BreachedPasswords.Contains(folded) || pwned?.Contains(password) == true;
        return listed ? Common : null;
    }

    public void Dispose() => pwned?.Dispose();

    /// <summary>Case and the usual separators do not make a common password rare.</summary>
    internal static string Fold(string password) =>
        string.Concat(password.Where(c => c is not (' ' or '-' or '_' or '.'))).ToLowerInvariant();

    /// <summary>The name once or many times over, and next to nothing else. A name of one or two letters is in every password.</summary>
    private static bool IsHardlyMoreThan(string folded, string name) =>
        folded == name
        || (name.Length > 2 && folded.Contains(name, StringComparison.Ordinal)
            && folded.Replace(name, string.Empty, StringComparison.Ordinal).Length <= CharactersThatHideNothing);

    private static bool HasOneOrTwoCharacters(string password) => password.EnumerateRunes().Distinct().Count() <= 2;

    private static FrozenSet<string> ReadCommon()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream("Portal.Platform.common-passwords.txt")
            ?? throw new InvalidOperationException("The list of common passwords is not embedded in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#'))
            .Select(Fold)
            .ToFrozenSet(StringComparer.Ordinal);
    }
}
