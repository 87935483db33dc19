namespace Portal.Audit;

/// <summary>To what it was done.</summary>
/// <param name="Kind">One of the kinds below.</param>
/// <param name="Id">Of the thing; null for an account, which its pseudonym names, and for what has none.</param>
/// <param name="Owner">The account that the thing belongs to; what is personal in the entry is this account's.</param>
public sealed record AuditTarget(string Kind, string? Id, Guid? Owner)
{
    public const int KindLength = 32;
    public const int IdLength = 64;

    public const string AccountKind = "account";
    public const string SessionKind = "session";
    public const string TokenKind = "token";
    public const string PasskeyKind = "passkey";
    public const string InviteKind = "invite";
    public const string DomainKind = "domain";
    public const string MotorBlockKind = "motor_block";
    public const string VaultboxKind = "vaultbox";
    public const string AliasKind = "alias";
    public const string KeyKind = "key";
    public const string DeviceKind = "device";
    public const string SystemMailKind = "system_mail";
    public const string LogKind = "log";
    public const string GrantKind = "grant";
    public const string SettingKind = "setting";

    public static readonly IReadOnlyList<string> Kinds =
    [
        AccountKind, SessionKind, TokenKind, PasskeyKind, InviteKind, DomainKind, MotorBlockKind, VaultboxKind, AliasKind, KeyKind, DeviceKind,
        SystemMailKind, LogKind, GrantKind, SettingKind,
    ];

    public static AuditTarget Account(Guid userId) => new(AccountKind, null, userId);

    public static AuditTarget Of(string kind, Guid id, Guid? owner) => new(kind, id.ToString(), owner);
}
