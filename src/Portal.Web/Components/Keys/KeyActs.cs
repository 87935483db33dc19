using Portal.Platform;
using Portal.Vault;
using Portal.Vault.Certificates;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Keys;

/// <summary>What the Keys tab asks of the vault about one key, as the person behind the page.</summary>
internal sealed class KeyActs(
    RenameCertificate rename, RetireCertificate retire, ResumeCertificate resume, DeleteCertificate delete, SignedIn signedIn)
{
    public async Task<Outcome<CertificateView>> RenameAsync(Guid vaultboxId, Guid keyId, string name, CancellationToken cancellationToken) =>
        Answer(await rename.HandleAsync(new RenameCertificateRequest(await signedIn.VaultActorAsync(), vaultboxId, keyId, name), cancellationToken));

    public async Task<Outcome<CertificateView>> RetireAsync(Guid vaultboxId, Guid keyId, bool pausesMail, CancellationToken cancellationToken) =>
        Answer(await retire.HandleAsync(new RetireCertificateRequest(await signedIn.VaultActorAsync(), vaultboxId, keyId, pausesMail), cancellationToken));

    public async Task<Outcome<CertificateView>> ResumeAsync(Guid vaultboxId, Guid keyId, CancellationToken cancellationToken) =>
        Answer(await resume.HandleAsync(new ResumeCertificateRequest(await signedIn.VaultActorAsync(), vaultboxId, keyId), cancellationToken));

    public async Task<Outcome<CertificateView>> DeleteAsync(Guid vaultboxId, Guid keyId, CancellationToken cancellationToken) =>
        Answer(await delete.HandleAsync(new DeleteCertificateRequest(await signedIn.VaultActorAsync(), vaultboxId, keyId), cancellationToken));

    private static Outcome<T> Answer<T>(VaultResult<T> result)
        where T : notnull => result.Succeeded ? result.Value : new Failure(result.Problem.Code, result.Problem.Detail);
}
