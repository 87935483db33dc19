using Portal.Audit;

namespace Portal.Web.Tests.Authorisation;

/// <summary>What each use case of the table leaves in the audit log: an act, or nothing, and then why. One that is in neither fails the tests.</summary>
internal static class AuditedActs
{
    private const string OnlyReads = "Reads.";
    private const string Routine = "The portal's own upkeep: changes nothing that a person chose.";
    private const string Begins = "Begins what another use case ends and records.";
    private const string SavedFilter = "A filter that somebody keeps for themselves.";
    private const string ByParts = "Acts by another use case alone, which records.";

    public static IReadOnlyDictionary<string, string> Leaves { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AddUser"] = Acts.AccountCreated, ["CreateFirstAdmin"] = Acts.AccountCreated, ["AcceptInvite"] = Acts.AccountCreated, ["VerifyEmail"] = Acts.EmailVerified,
        ["ConfirmEmailChange"] = Acts.EmailChanged, ["ChangePassword"] = Acts.PasswordChanged, ["ResetPassword"] = Acts.PasswordReset,
        ["SignIn"] = Acts.SignedIn, ["CompleteSignIn"] = Acts.SignedIn, ["SignInWithPasskey"] = Acts.SignedIn, ["SignOut"] = Acts.SignedOut,
        ["EndSession"] = Acts.SessionEnded, ["EndOtherSessions"] = Acts.OtherSessionsEnded,
        ["ConfirmAuthenticator"] = Acts.AuthenticatorAdded, ["RemoveAuthenticator"] = Acts.AuthenticatorRemoved, ["ReplaceRecoveryCodes"] = Acts.RecoveryCodesReplaced,
        ["ForgetDevice"] = Acts.BrowserForgotten, ["ResetSecondFactor"] = Acts.SecondFactorReset,
        ["AddPasskey"] = Acts.PasskeyAdded, ["RenamePasskey"] = Acts.PasskeyRenamed, ["RemovePasskey"] = Acts.PasskeyRemoved,
        ["ChangeRole"] = Acts.RoleChanged, ["SuspendUser"] = Acts.AccountSuspended, ["RestoreUser"] = Acts.AccountRestored,
        ["RequestDeletion"] = Acts.DeletionRequested, ["CancelDeletion"] = Acts.DeletionCancelled, ["PurgeAccount"] = Acts.AccountErased,
        ["ExportAccount"] = Acts.DataExported, ["ExportData"] = Acts.DataExported, ["ExportAudit"] = Acts.AuditExported, ["ExportProcessingLog"] = Acts.ProcessingLogExported,
        ["CreateToken"] = Acts.TokenCreated, ["IssueToken"] = Acts.TokenCreated, ["RevokeToken"] = Acts.TokenRevoked,
        ["CreateInvite"] = Acts.InviteCreated, ["RevokeInvite"] = Acts.InviteRevoked, ["AddDomain"] = Acts.DomainAdded, ["VerifyDomain"] = Acts.DomainChanged, ["ShareDomain"] = Acts.DomainChanged, ["ChangeSetting"] = Acts.SettingChanged,
        ["CreateMotorBlock"] = Acts.MotorBlockCreated, ["UpdateMotorBlock"] = Acts.MotorBlockChanged, ["RotateMotorBlock"] = Acts.MotorBlockRotated,
        ["UndoMotorBlockRotation"] = Acts.MotorBlockRotationUndone, ["RevokeMotorBlock"] = Acts.MotorBlockRevoked,
        ["ReadSystemMail"] = Acts.SystemMailRead, ["RetrySystemMail"] = Acts.SystemMailRetried,
        ["AskForView"] = Acts.GrantAsked, ["OpenSupportView"] = Acts.GrantAsked, ["AnswerView"] = Acts.GrantGiven, ["AnswerViewByLink"] = Acts.GrantGiven, ["BreakGlass"] = Acts.GlassBroken,
        ["StartView"] = Acts.GrantStarted, ["EndView"] = Acts.GrantEnded,
        ["CreateVaultbox"] = Acts.VaultboxCreated, ["ProvisionVaultbox"] = Acts.VaultboxCreated, ["UpdateVaultbox"] = Acts.VaultboxChanged,
        ["DeleteVaultbox"] = Acts.VaultboxDeleted, ["RestoreVaultbox"] = Acts.VaultboxRestored, ["PurgeVaultboxes"] = Acts.VaultboxPurged, ["PurgeUser"] = Acts.VaultboxPurged,
        ["AddAlias"] = Acts.AliasesAdded, ["AddAliases"] = Acts.AliasesAdded, ["AddRandomAlias"] = Acts.AliasesAdded, ["AddCatchAll"] = Acts.AliasesAdded,
        ["ProvisionAlias"] = Acts.AliasesAdded, ["UpdateAlias"] = Acts.AliasChanged, ["ChangeAliases"] = Acts.AliasesSwitched,
        ["AddCertificate"] = Acts.KeyAdded, ["AddMailKey"] = Acts.KeyAdded, ["StoreKeys"] = Acts.KeyAdded, ["RenameCertificate"] = Acts.KeyRenamed,
        ["RetireCertificate"] = Acts.KeyRetired, ["ResumeCertificate"] = Acts.KeyResumed, ["DeleteCertificate"] = Acts.KeyDeleted, ["FinishKeyProof"] = Acts.KeyProved,
        ["ReplaceVaultKeyWrap"] = Acts.UnlockChanged,
        ["CreateDevice"] = Acts.DeviceCreated, ["UpdateDevice"] = Acts.DeviceChanged, ["RotateDevice"] = Acts.DeviceRotated, ["UndoRotation"] = Acts.DeviceRotationUndone,
        ["RemoveProtocol"] = Acts.DeviceProtocolRemoved, ["RevokeDevice"] = Acts.DeviceRevoked,
    };

    public static IReadOnlyDictionary<string, string> Silent { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AuthenticateToken"] = OnlyReads, ["ValidateSession"] = OnlyReads, ["OpenSealedMessage"] = OnlyReads, ["ResolveRecipient"] = OnlyReads,
        ["SuggestAddresses"] = OnlyReads, ["ReadSettings"] = OnlyReads, ["NameUsers"] = OnlyReads, ["ExportActivity"] = OnlyReads, ["ExportVault"] = "A part of ExportData, which records.",
        ["BeginAuthenticator"] = Begins, ["StartAddingPasskey"] = Begins, ["StartPasskeyConfirmation"] = Begins, ["StartPasskeySignIn"] = Begins, ["StartKeyProof"] = Begins,
        ["RequestEmailChange"] = Begins, ["CancelEmailChange"] = Begins, ["RequestPasswordReset"] = Begins, ["ResendVerification"] = Begins, ["SignUpWithEmail"] = Begins,
        ["ClaimDueDeletions"] = Begins, ["IssueSetupLink"] = Begins,
        ["ConfirmIdentity"] = "Proves the session anew; what it is for records.", ["ConfirmWithPasskey"] = "Proves the session anew; what it is for records.",
        ["MarkNoticesRead"] = "The state of a list.", ["SetFlags"] = "The state of mail, which is none of the log's.", ["SendTestMail"] = "Mail; the processing log has it.",
        ["DeliverMessage"] = "Mail; the processing log has it.", ["NoteLook"] = "Each look stands in the record that the owner reads.",
        ["ChainEntries"] = Routine, ["VerifyChain"] = OnlyReads, ["KeepAuditCheck"] = Routine, ["GiveBackSendingAllowance"] = Routine, ["TakeSendingAllowance"] = Routine,
        ["MirrorMailDomains"] = Routine, ["MirrorSuspendedOwners"] = Routine, ["PassOnNotices"] = Routine, ["PurgeAliases"] = Routine, ["PurgeEndedPasswords"] = Routine,
        ["PurgeMotorBlocks"] = Routine, ["PurgeNotices"] = Routine, ["PurgeSystemMail"] = Routine, ["ClaimEndingOverlaps"] = Routine, ["ClaimSystemMail"] = Routine,
        ["SettleSystemMail"] = Routine, ["ReleaseSystemMail"] = Routine, ["TellOfEndingAliases"] = Routine, ["TellOfEndingPassword"] = Routine, ["TellOwner"] = Routine,
        ["TellOfView"] = "Tells of what another use case recorded.", ["SaveLogView"] = SavedFilter, ["RenameLogView"] = SavedFilter, ["DeleteLogView"] = SavedFilter, ["RollUpProcessingLog"] = Routine, ["PurgeProcessingLog"] = Routine,
        ["WarnOfExpiringKeys"] = Routine, ["PurgeDueAccounts"] = ByParts,
    };

    /// <summary>By name: what begins with one of these words changes nothing.</summary>
    private static readonly string[] Readers = ["Get", "List", "Find", "Count", "Check", "Watch"];

    public static bool IsReader(string useCase) =>
        Array.Exists(Readers, word => useCase.StartsWith(word, StringComparison.Ordinal) && useCase.Length > word.Length && char.IsUpper(useCase[word.Length]));
}
