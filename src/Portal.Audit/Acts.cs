namespace Portal.Audit;

/// <summary>What can be done, as the chain names it: stable, for programs; what it is done to comes first.</summary>
public static class Acts
{
    public const string SignedIn = "session.opened";
    public const string SignedOut = "session.signed_out";
    public const string SessionEnded = "session.ended";
    public const string OtherSessionsEnded = "session.others_ended";

    public const string AccountCreated = "account.created";
    public const string EmailVerified = "account.email_verified";
    public const string EmailChanged = "account.email_changed";
    public const string PasswordChanged = "account.password_changed";
    public const string PasswordReset = "account.password_reset";
    public const string AuthenticatorAdded = "account.authenticator_added";
    public const string AuthenticatorRemoved = "account.authenticator_removed";
    public const string RecoveryCodesReplaced = "account.recovery_codes_replaced";
    public const string SecondFactorReset = "account.second_factor_reset";
    public const string BrowserForgotten = "account.browser_forgotten";
    public const string RoleChanged = "account.role_changed";
    public const string AccountSuspended = "account.suspended";
    public const string AccountRestored = "account.restored";
    public const string DeletionRequested = "account.deletion_requested";
    public const string DeletionCancelled = "account.deletion_cancelled";
    public const string AccountErased = "account.erased";
    public const string DataExported = "account.exported";

    public const string PasskeyAdded = "passkey.added";
    public const string PasskeyRenamed = "passkey.renamed";
    public const string PasskeyRemoved = "passkey.removed";

    public const string TokenCreated = "token.created";
    public const string TokenRevoked = "token.revoked";

    public const string InviteCreated = "invite.created";
    public const string InviteRevoked = "invite.revoked";

    public const string DomainAdded = "domain.added";
    public const string DomainChanged = "domain.changed";
    public const string DomainRemoved = "domain.removed";

    public const string MotorBlockCreated = "motor_block.created";
    public const string MotorBlockChanged = "motor_block.changed";
    public const string MotorBlockRotated = "motor_block.rotated";
    public const string MotorBlockRotationUndone = "motor_block.rotation_undone";
    public const string MotorBlockRevoked = "motor_block.revoked";

    public const string VaultboxCreated = "vaultbox.created";
    public const string VaultboxChanged = "vaultbox.changed";
    public const string VaultboxDeleted = "vaultbox.deleted";
    public const string VaultboxRestored = "vaultbox.restored";
    public const string VaultboxPurged = "vaultbox.purged";

    public const string AliasesAdded = "alias.added";
    public const string AliasChanged = "alias.changed";
    public const string AliasesSwitched = "alias.switched";

    public const string KeyAdded = "key.added";
    public const string KeyRenamed = "key.renamed";
    public const string KeyRetired = "key.retired";
    public const string KeyResumed = "key.resumed";
    public const string KeyDeleted = "key.deleted";
    public const string KeyProved = "key.proved";
    public const string UnlockChanged = "account.unlock_changed";

    public const string DeviceCreated = "device.created";
    public const string DeviceChanged = "device.changed";
    public const string DeviceRotated = "device.rotated";
    public const string DeviceRotationUndone = "device.rotation_undone";
    public const string DeviceProtocolRemoved = "device.protocol_removed";
    public const string DeviceRevoked = "device.revoked";

    public const string SystemMailRead = "system_mail.read";
    public const string SystemMailRetried = "system_mail.retried";

    public const string SettingChanged = "setting.changed";
    public const string ProcessingLogExported = "log.processing_exported";
    public const string AuditExported = "log.audit_exported";

    public const string GrantAsked = "grant.asked";
    public const string GrantGiven = "grant.given";
    public const string GrantRefused = "grant.refused";
    public const string GrantStarted = "grant.started";
    public const string GrantEnded = "grant.ended";
    public const string GlassBroken = "grant.glass_broken";

    /// <summary>The vault's outbox held an act that only the platform can do; which, is a fact of the entry.</summary>
    public const string Unexpected = "audit.unexpected";

    /// <summary>Whether it is one that the vault's use cases record.</summary>
    public static bool IsOfTheVault(string act) => act is UnlockChanged or ProcessingLogExported
        || Array.Exists(["vaultbox.", "alias.", "key.", "device."], kind => act.StartsWith(kind, StringComparison.Ordinal));

    /// <summary>Every one of them, in order.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        .. typeof(Acts).GetFields(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static)
            .Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal),
    ];
}
