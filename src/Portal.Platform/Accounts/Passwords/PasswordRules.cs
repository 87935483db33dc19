using System.Collections.Frozen;

namespace Portal.Platform.Accounts.Passwords;

/// <summary>
/// Rules for a password that stands alone (NIST SP 800-63B-4 section 3.1.1.2): length and a list of common ones, nothing about its composition.
/// </summary>
public static class PasswordRules
{
    /// <summary>Least length in Unicode code points.</summary>
    public const int LeastLength = 15;

    /// <summary>Greatest length in UTF-16 units; a longer one is refused before any work is done.</summary>
    public const int GreatestLength = 1024;

    private static readonly FrozenSet<string> Common = ReadCommon();

    /// <returns>Null when the password may be used.</returns>
    public static Failure? Check(string? password, string email)
    {
        if (string.IsNullOrEmpty(password) || password.EnumerateRunes().Count() < LeastLength)
            return new Failure("password_too_short", $"Use at least {LeastLength} characters. A few words in a row are easy to remember.");
        if (password.Length > GreatestLength)
            return new Failure("password_too_long", $"Use at most {GreatestLength} characters.");
        if (IsEmail(password.Trim(), email))
            return new Failure("password_is_email", "The password must not be the e-mail address.");
        if (Common.Contains(Fold(password)) || HasOneOrTwoCharacters(password))
            return new Failure("password_common", "This password is among the first that an attacker tries. Choose another.");
        return null;
    }

    private static bool IsEmail(string password, string email) =>
        string.Equals(password, email, StringComparison.OrdinalIgnoreCase)
        || string.Equals(password, email.Split('@')[0], StringComparison.OrdinalIgnoreCase);

    private static bool HasOneOrTwoCharacters(string password) => password.EnumerateRunes().Distinct().Count() <= 2;

    /// <summary>Case and the usual separators do not make a common password rare.</summary>
    private static string Fold(string password) =>
        string.Concat(password.Where(c => c is not (' ' or '-' or '_' or '.'))).ToLowerInvariant();

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
