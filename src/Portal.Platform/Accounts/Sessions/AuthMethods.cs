namespace Portal.Platform.Accounts.Sessions;

/// <summary>The values of <see cref="Session.AuthMethod"/>.</summary>
public static class AuthMethods
{
    public const string Password = "password";
    public const string PasswordAndTotp = "password+totp";
    public const string PasswordAndRecovery = "password+recovery";
    public const string PasswordAndDevice = "password+device";
    public const string Passkey = "passkey";
}
