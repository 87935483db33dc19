using Microsoft.AspNetCore.Components;
using Portal.Smime;
using Portal.Vault.Certificates;
using Portal.Vault.Vaultboxes;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Keys;

/// <summary>One key: words first, then every number that an expert compares.</summary>
public sealed partial class KeyPage
{
    private VaultboxView? vaultbox;
    private CertificateDetail? detail;
    private KeyOpens? opens;
    private KeyState state;
    private bool isMissing;

    [Parameter]
    public Guid Id { get; set; }

    [Parameter]
    public Guid KeyId { get; set; }

    [Inject]
    private GetVaultbox Vaultboxes { get; set; } = null!;

    [Inject]
    private GetCertificate Certificates { get; set; } = null!;

    [Inject]
    private GetKeyCoverage Coverage { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private (string Kind, string Symbol, string Text) Chip => KeyText.Chip(state);

    private string Purpose => detail!.Certificate.Purpose switch
    {
        KeyPurposes.Mail => "Mail key",
        KeyPurposes.Portal => "Reading key, for lists here",
        _ => "Owner key, signs which keys are yours",
    };

    private string NewMail => (detail!.Certificate.Purpose, detail.IsInUse, detail.Certificate.RetiredAt) switch
    {
        (KeyPurposes.Portal, _, _) => "its summary is sealed to this key",
        (KeyPurposes.Owner, _, _) => "nothing is sealed to this key",
        (_, true, _) => "is sealed to it",
        (_, _, { } at) => $"is not sealed to it since {KeyText.Day(at)}, when it was retired",
        _ => "is not sealed to it",
    };

    private string FileName => $"{vaultbox!.Alias}-{detail!.Certificate.FingerprintSha256[..8]}.pem";

    private string Download => "data:application/x-pem-file;base64," + Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(detail!.Certificate.Pem));

    protected override async Task OnInitializedAsync()
    {
        var actor = await SignedIn.VaultActorAsync();
        var box = (await Vaultboxes.HandleAsync(new GetVaultboxRequest(actor, Id), Leaving)).Value;
        var found = (await Certificates.HandleAsync(new GetCertificateRequest(actor, Id, KeyId), Leaving)).Value;
        if (box is null || found is null)
        {
            isMissing = true;
            Navigation.NotFound();
            return;
        }

        opens = (await Coverage.HandleAsync(new GetKeyCoverageRequest(actor, Id), Leaving)).Value?.Keys.FirstOrDefault(k => k.CertificateId == KeyId);
        state = ShownKey.StateOf(found.Certificate, Time.GetUtcNow());
        (vaultbox, detail) = (box, found);
    }

    private static string Uses(CertificateDetails details) => (details.KeyUsages.Count, details.ExtendedUsages.Count) switch
    {
        (0, 0) => "anything: it states no limits",
        (_, 0) => string.Join(", ", details.KeyUsages),
        (0, _) => string.Join(", ", details.ExtendedUsages),
        _ => $"{string.Join(", ", details.ExtendedUsages)} ({string.Join(", ", details.KeyUsages)})",
    };

    /// <summary>Some checks are of an upload alone.</summary>
    private static bool IsOfStored(CertificateCheckStep step) =>
        step.Code is not (CertificateCodes.PrivateKeyInClear or CertificateCodes.Unparsable or CertificateCodes.Duplicate or CertificateCodes.TooLarge);

    private static (string State, string Symbol) Mark(CertificateCheckStep step) => step.Outcome switch
    {
        CheckOutcome.Passed => ("ok", "circle-check"),
        CheckOutcome.Warned => ("warn", "triangle-alert"),
        _ => ("error", "circle-x"),
    };
}
