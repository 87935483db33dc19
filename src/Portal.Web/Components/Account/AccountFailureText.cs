using Portal.Platform;
using Portal.Platform.Accounts.Passwords;

namespace Portal.Web.Components.Account;

/// <summary>Which field of an account form a refusal belongs to, by the first word of its code.</summary>
internal static class AccountFailureText
{
    internal const string PasswordWords = "and not a common one. A few words in a row are easy to remember.";

    /// <summary>The rules, shown before anything is typed.</summary>
    internal static string PasswordHint(bool hasSecondFactor) =>
        $"{(hasSecondFactor ? PasswordRules.LeastLengthWithSecondFactor : PasswordRules.LeastLength)} characters or more, {PasswordWords}";

    internal static string? About(this Failure? failure, string field) =>
        failure?.Code.StartsWith(field, StringComparison.Ordinal) == true ? failure.Detail : null;

    /// <summary>The refusal when it belongs to none of the fields.</summary>
    internal static Failure? AboutNone(this Failure? failure, params string[] fields) =>
        failure is not null && Array.Exists(fields, field => failure.About(field) is not null) ? null : failure;
}
