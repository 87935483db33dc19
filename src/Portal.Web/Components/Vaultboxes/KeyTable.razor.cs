using Microsoft.AspNetCore.Components;
using Portal.Vault.Certificates;

namespace Portal.Web.Components.Vaultboxes;

public sealed partial class KeyTable
{
    /// <summary>Before its end a key is marked this early.</summary>
    private static readonly TimeSpan ExpiresSoon = TimeSpan.FromDays(60);

    private IReadOnlyList<CertificateView> shown = [];
    private HashSet<string> withPrivate = [];

    /// <summary>Public and locked private rows; a private row only marks its public one.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<CertificateView> Keys { get; set; }

    [Parameter, EditorRequired]
    public required DateTimeOffset Now { get; set; }

    protected override void OnParametersSet()
    {
        withPrivate = Keys.Where(k => k.CertificateType == CertificateTypes.Private)
            .Select(k => k.FingerprintSha256).ToHashSet(StringComparer.Ordinal);
        shown = [.. Keys.Where(k => k.CertificateType == CertificateTypes.Public).OrderBy(k => Order(k.Purpose)).ThenByDescending(k => k.CreatedAt)];
    }

    private static bool IsMail(CertificateView key) => key.Purpose == KeyPurposes.Mail;

    private static int Order(string purpose) => purpose switch { KeyPurposes.Mail => 0, KeyPurposes.Portal => 1, _ => 2 };

    private static string Symbol(CertificateView key) => key.Purpose switch
    {
        KeyPurposes.Mail => "mail-check",
        KeyPurposes.Portal => "list-checks",
        _ => "shield-check",
    };

    private static string Purpose(CertificateView key) => key.Purpose switch
    {
        KeyPurposes.Mail => "Mail key",
        KeyPurposes.Portal => "Reading key, for lists here",
        KeyPurposes.Owner => "Owner key, signs which keys are yours",
        _ => key.Purpose,
    };

    private static string BoundBy(CertificateView key) => key.BindingKind switch
    {
        BindingKinds.Owner => "your owner key",
        BindingKinds.Installation => "this installation",
        _ => key.Purpose == KeyPurposes.Owner ? "itself" : "nothing",
    };

    private bool HasPrivate(CertificateView key) => withPrivate.Contains(key.FingerprintSha256);

    private (string Kind, string Symbol, string Text) State(CertificateView key) => key switch
    {
        { Status: not CertificateStatus.Active } => ("neutral", "archive", "Retired"),
        { NotAfter: { } end } when end <= Now => ("error", "circle-alert", "Expired"),
        { NotBefore: { } start } when start > Now => ("warn", "clock", "Not valid yet"),
        { NotAfter: { } end } when end - Now < ExpiresSoon => ("warn", "clock", "Expires soon"),
        _ => ("ok", "circle-check", "In use"),
    };
}
