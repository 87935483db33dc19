using Microsoft.AspNetCore.Components;
using Portal.Vault.Certificates;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Vaultboxes;

public sealed partial class KeyList
{
    private readonly ListCertificates certificates;
    private readonly SignedIn signedIn;
    private readonly TimeProvider time;
    private IReadOnlyList<CertificateView>? keys;
    private DateTimeOffset now;

    public KeyList(ListCertificates certificates, SignedIn signedIn, TimeProvider time)
    {
        this.certificates = certificates;
        this.signedIn = signedIn;
        this.time = time;
    }

    [Parameter, EditorRequired]
    public required Guid VaultboxId { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var request = new ListCertificatesRequest(await signedIn.VaultActorAsync(), VaultboxId);
        keys = (await certificates.HandleAsync(request, Leaving)).Value ?? [];
        now = time.GetUtcNow();
    }
}
