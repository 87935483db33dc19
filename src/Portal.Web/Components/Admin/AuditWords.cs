using System.Globalization;
using Portal.Audit;
using Portal.Platform.Audit;

namespace Portal.Web.Components.Admin;

/// <summary>The audit log in words.</summary>
internal static class AuditWords
{
    private static readonly Dictionary<string, string> ActWords = new(StringComparer.Ordinal)
    {
        [Acts.SignedIn] = "Signed in",
        [Acts.SignedOut] = "Signed out",
        [Acts.SessionEnded] = "Session ended",
        [Acts.OtherSessionsEnded] = "All other sessions ended",
        [Acts.AccountCreated] = "Account made",
        [Acts.EmailVerified] = "E-mail address proved",
        [Acts.EmailChanged] = "E-mail address changed",
        [Acts.PasswordChanged] = "Password changed",
        [Acts.PasswordReset] = "Password reset by mail",
        [Acts.AuthenticatorAdded] = "Authenticator app added",
        [Acts.AuthenticatorRemoved] = "Authenticator app removed",
        [Acts.RecoveryCodesReplaced] = "Recovery codes replaced",
        [Acts.SecondFactorReset] = "Second factor reset",
        [Acts.BrowserForgotten] = "Remembered browsers forgotten",
        [Acts.RoleChanged] = "Role changed",
        [Acts.AccountSuspended] = "Account suspended",
        [Acts.AccountRestored] = "Account restored",
        [Acts.DeletionRequested] = "Deletion asked for",
        [Acts.DeletionCancelled] = "Deletion taken back",
        [Acts.AccountErased] = "Account erased",
        [Acts.DataExported] = "Account’s data exported",
        [Acts.PasskeyAdded] = "Passkey added",
        [Acts.PasskeyRenamed] = "Passkey renamed",
        [Acts.PasskeyRemoved] = "Passkey removed",
        [Acts.TokenCreated] = "API token made",
        [Acts.TokenRevoked] = "API token revoked",
        [Acts.InviteCreated] = "Invitation sent",
        [Acts.InviteRevoked] = "Invitation withdrawn",
        [Acts.DomainAdded] = "Domain added",
        [Acts.DomainChanged] = "Domain changed",
        [Acts.DomainRemoved] = "Domain removed",
        [Acts.MotorBlockCreated] = "Sender made",
        [Acts.MotorBlockChanged] = "Sender changed",
        [Acts.MotorBlockRotated] = "Sender’s password changed",
        [Acts.MotorBlockRotationUndone] = "Change of a sender’s password undone",
        [Acts.MotorBlockRevoked] = "Sender revoked",
        [Acts.VaultboxCreated] = "Vaultbox made",
        [Acts.VaultboxChanged] = "Vaultbox changed",
        [Acts.VaultboxDeleted] = "Vaultbox deleted",
        [Acts.VaultboxRestored] = "Vaultbox restored",
        [Acts.VaultboxPurged] = "Vaultbox destroyed",
        [Acts.AliasesAdded] = "Addresses added",
        [Acts.AliasChanged] = "Address changed",
        [Acts.AliasesSwitched] = "Addresses switched",
        [Acts.KeyAdded] = "Key added",
        [Acts.KeyRenamed] = "Key renamed",
        [Acts.KeyRetired] = "Key retired",
        [Acts.KeyResumed] = "Key in use again",
        [Acts.KeyDeleted] = "Key deleted",
        [Acts.KeyProved] = "Key proved",
        [Acts.UnlockChanged] = "Way to unlock changed",
        [Acts.DeviceCreated] = "Device added",
        [Acts.DeviceChanged] = "Device changed",
        [Acts.DeviceRotated] = "Device’s password changed",
        [Acts.DeviceRotationUndone] = "Change of a device’s password undone",
        [Acts.DeviceProtocolRemoved] = "Credential of a device removed",
        [Acts.DeviceRevoked] = "Device revoked",
        [Acts.SystemMailRead] = "System mail read",
        [Acts.SystemMailRetried] = "System mail tried again",
        [Acts.SettingChanged] = "Setting changed",
        [Acts.Unexpected] = "Act that does not belong in the vault",
        [Acts.ProcessingLogExported] = "Processing log exported",
        [Acts.AuditExported] = "Audit log exported",
        [Acts.GrantAsked] = "Support view asked for",
        [Acts.GrantGiven] = "Support view agreed to",
        [Acts.GrantRefused] = "Support view refused",
        [Acts.GrantStarted] = "Support view begun",
        [Acts.GrantEnded] = "Support view ended",
        [Acts.GlassBroken] = "Glass broken",
    };

    /// <summary>In the order of their words, for the filter.</summary>
    public static IReadOnlyList<(string Act, string Words)> All { get; } =
        [.. ActWords.Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Value, StringComparer.Ordinal)];

    /// <summary>An act of a newer version is shown as it is written.</summary>
    public static string Act(string act) => ActWords.GetValueOrDefault(act, act);

    public static string Who(AuditView entry) => entry.ActorKind switch
    {
        ActorKinds.Operator => "The operator, at the console",
        ActorKinds.Portal => "The portal",
        _ => Person(entry.Actor),
    };

    public static string Person(AuditPerson? person) => person switch
    {
        null => "Nobody",
        { Email: { } email } => email,
        _ => $"An erased account ({Short(person.Pseudonym)})",
    };

    public static string By(AuditView entry) => entry.ActorKind switch
    {
        ActorKinds.Token => "by API token",
        ActorKinds.Link => "by mailed link",
        _ => string.Empty,
    };

    public static string From(AuditView entry) =>
        string.Join(" · ", new[] { By(entry), entry.From?.Agent, entry.From?.Network, entry.From?.Credential }.Where(part => !string.IsNullOrEmpty(part)));

    public static string Target(AuditView entry) => entry.TargetKind switch
    {
        AuditTarget.AccountKind => Person(entry.Owner),
        AuditTarget.MotorBlockKind => "Sender",
        AuditTarget.SystemMailKind => "System mail",
        AuditTarget.GrantKind => "Support view",
        AuditTarget.TokenKind => "API token",
        AuditTarget.AliasKind => "Address",
        AuditTarget.InviteKind => "Invitation",
        var kind => char.ToUpperInvariant(kind[0]) + kind[1..],
    };

    /// <summary>A detail's name: <c>rate_limit_per_hour</c> is “Rate limit per hour”.</summary>
    public static string Field(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' ');

    public static string Ago(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => "just now",
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes} min ago"),
        { TotalDays: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h ago"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays} d ago"),
    };

    private static string Short(Guid id) => $"{id:n}"[..8];
}
