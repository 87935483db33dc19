using Portal.Platform.MotorBlocks;
using Portal.Vault.Credentials;
using static Portal.Web.Tests.Authorisation.Row;
using static Portal.Web.Tests.Authorisation.Rule;

namespace Portal.Web.Tests.Authorisation;

internal static partial class AuthorisationTable
{
    private static IEnumerable<Row> CredentialPages() =>
    [
        Page("/vaultboxes/{Id:guid}/devices", Own.ForReader(), OfVaultbox),
        Page("/sending", Self),
        Page("/sending/{Id:guid}", Own.ForReader(), OfMotorBlock),
    ];

    /// <summary>The dialogs serve devices and motor blocks alike: either's use cases decide, asked with the actor of the circuit's session.</summary>
    private static IEnumerable<Row> CredentialEvents() =>
    [
        Event("NewCredentialDialog", "onsubmit", $"Reaches data by {nameof(CreateDevice)} or {nameof(CreateMotorBlock)} alone."),
        Event("NewCredentialDialog", "onclick", "Closes the dialog."),
        Event("RotateDialog", "onclick", $"Reaches data by {nameof(RotateDevice)}, {nameof(UndoRotation)}, {nameof(RotateMotorBlock)} or {nameof(UndoMotorBlockRotation)} alone."),
        Event("RenameDialog", "onsubmit", $"Reaches data by {nameof(UpdateDevice)} or {nameof(UpdateMotorBlock)} alone."),
        Event("RenameDialog", "onclick", "Closes the dialog."),
        Event("BoundsDialog", "onsubmit", $"Reaches data by {nameof(UpdateDevice)} or {nameof(UpdateMotorBlock)} alone."),
        Event("BoundsDialog", "onclick", "Closes the dialog."),
        Event("EndDialog", "onclick", $"Reaches data by {nameof(RevokeDevice)}, {nameof(UndoRotation)}, {nameof(RevokeMotorBlock)} or {nameof(UndoMotorBlockRotation)} alone."),
        Event<UpdateMotorBlock>("SenderTable", "onclick"),
        Event("OverlapChooser", "onclick", "Chooses a time; nothing is done by it."),
        Event("CredentialMenu", "onclick", "Opens a dialog."),
        Event("DeviceList", "onclick", "Opens a dialog."),
        Event("SenderList", "onclick", "Opens a dialog."),
        Event("SenderDetail", "onclick", "Opens a dialog."),
        Event("Dialog", "onclick", "Asks its owner to close it."),
        Event("ShownOnce", "onclick", "Hides or shows what the page holds already."),
        Event("SavedFoot", "onclick", "Closes the dialog, or keeps it open."),
        Event("SavedFoot", "onchange", "Ticks that the password is saved."),
        Event("InstantField", "onchange", "Takes over a time into the form."),
        Event("StepUpCard", "onclick", "Repeats the refused act; its use case decides again."),
    ];
}
