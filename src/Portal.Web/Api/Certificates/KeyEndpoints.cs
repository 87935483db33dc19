using System.Security.Claims;
using Portal.Smime;
using Portal.Vault.Certificates;
using Portal.Web.Provisioning;

namespace Portal.Web.Api.Certificates;

/// <param name="Der">Base64, when there is no PEM: a certificate or a PKCS#7 bundle.</param>
internal sealed record CheckCertificatesBody(string? Pem, byte[]? Der);

internal sealed record RenameCertificateBody(string? FriendlyName);

internal sealed record RetireCertificateBody(bool PausesMail);

internal sealed record FinishKeyProofBody(string? Token, string? Code);

/// <summary>One key of a vaultbox: what it opens, and what becomes of it.</summary>
internal static class KeyEndpoints
{
    private const string All = "/vaultboxes/{id:guid}/certificates";
    private const string One = $"{All}/{{certificateId:guid}}";

    public static void MapKeys(this RouteGroupBuilder api)
    {
        api.MapPost("/vaultboxes/{id:guid}/keys/mail", AddMailKeyAsync);
        api.MapGet($"{All}/coverage", CoverageAsync);
        api.MapPost($"{All}/check", CheckAsync);
        api.MapGet(One, GetAsync);
        api.MapPatch(One, RenameAsync);
        api.MapDelete(One, DeleteAsync);
        api.MapPost($"{One}/retire", RetireAsync);
        api.MapPost($"{One}/resume", ResumeAsync);
        api.MapPost($"{One}/proof", StartProofAsync);
        api.MapPost($"{One}/proof/finish", FinishProofAsync);
    }

    private static async Task<IResult> AddMailKeyAsync(
        Guid id, BrowserKeyBody body, ClaimsPrincipal user, AddMailKey addMailKey, CancellationToken cancellationToken)
    {
        var key = new BrowserKey(body.Purpose, body.PublicPem, body.PrivatePem, body.Binding is { } binding ? binding : (ReadOnlyMemory<byte>?)null, body.FriendlyName);
        var result = await addMailKey.HandleAsync(new AddMailKeyRequest(user.InVault(), id, key), cancellationToken);
        return result.Succeeded ? TypedResults.Created($"{ApiRoutes.Root}/vaultboxes/{id}/certificates/{result.Value.Id}", result.Value) : Problems.Of(result.Problem);
    }

    private static async Task<IResult> CoverageAsync(Guid id, ClaimsPrincipal user, GetKeyCoverage getKeyCoverage, CancellationToken cancellationToken) =>
        Problems.Ok(await getKeyCoverage.HandleAsync(new GetKeyCoverageRequest(user.InVault(), id), cancellationToken));

    private static async Task<IResult> CheckAsync(
        Guid id, CheckCertificatesBody body, ClaimsPrincipal user, CheckCertificates checkCertificates, CancellationToken cancellationToken)
    {
        var result = await checkCertificates.HandleAsync(new CheckCertificatesRequest(user.InVault(), id, body.Pem, body.Der), cancellationToken);
        if (!result.Succeeded)
            return Problems.Of(result.Problem);
        return TypedResults.Ok(new
        {
            items = result.Value.Items.Select(c => new { c.Name, c.Algorithm, c.NotBefore, c.NotAfter, c.Details, c.Pem, c.IsAccepted, steps = StepsOf(c.Steps) }),
            result.Value.Issuers,
        });
    }

    private static async Task<IResult> GetAsync(Guid id, Guid certificateId, ClaimsPrincipal user, GetCertificate getCertificate, CancellationToken cancellationToken)
    {
        var result = await getCertificate.HandleAsync(new GetCertificateRequest(user.InVault(), id, certificateId), cancellationToken);
        return result.Succeeded
            ? TypedResults.Ok(new { result.Value.Certificate, result.Value.IsHeldHere, result.Value.IsInUse, result.Value.Details, steps = StepsOf(result.Value.Steps) })
            : Problems.Of(result.Problem);
    }

    private static async Task<IResult> RenameAsync(
        Guid id, Guid certificateId, RenameCertificateBody body, ClaimsPrincipal user, RenameCertificate rename, CancellationToken cancellationToken) =>
        Problems.Ok(await rename.HandleAsync(new RenameCertificateRequest(user.InVault(), id, certificateId, body.FriendlyName), cancellationToken));

    private static async Task<IResult> DeleteAsync(Guid id, Guid certificateId, ClaimsPrincipal user, DeleteCertificate delete, CancellationToken cancellationToken)
    {
        var result = await delete.HandleAsync(new DeleteCertificateRequest(user.InVault(), id, certificateId), cancellationToken);
        return result.Succeeded ? TypedResults.NoContent() : Problems.Of(result.Problem);
    }

    private static async Task<IResult> RetireAsync(
        Guid id, Guid certificateId, RetireCertificateBody body, ClaimsPrincipal user, RetireCertificate retire, CancellationToken cancellationToken) =>
        Problems.Ok(await retire.HandleAsync(new RetireCertificateRequest(user.InVault(), id, certificateId, body.PausesMail), cancellationToken));

    private static async Task<IResult> ResumeAsync(Guid id, Guid certificateId, ClaimsPrincipal user, ResumeCertificate resume, CancellationToken cancellationToken) =>
        Problems.Ok(await resume.HandleAsync(new ResumeCertificateRequest(user.InVault(), id, certificateId), cancellationToken));

    private static async Task<IResult> StartProofAsync(Guid id, Guid certificateId, ClaimsPrincipal user, StartKeyProof start, CancellationToken cancellationToken) =>
        Problems.Ok(await start.HandleAsync(new StartKeyProofRequest(user.InVault(), id, certificateId), cancellationToken));

    private static async Task<IResult> FinishProofAsync(
        Guid id, Guid certificateId, FinishKeyProofBody body, ClaimsPrincipal user, FinishKeyProof finish, CancellationToken cancellationToken) =>
        Problems.Ok(await finish.HandleAsync(new FinishKeyProofRequest(user.InVault(), id, certificateId, body.Token, body.Code), cancellationToken));

    private static IEnumerable<object> StepsOf(IReadOnlyList<CertificateCheckStep> steps) => steps.Select(step => new
    {
        step.Code,
        outcome = step.Outcome switch { CheckOutcome.Passed => "passed", CheckOutcome.Warned => "warned", _ => "refused" },
        step.Title,
        step.Reason,
    });
}
