using Portal.Platform.SystemMail;
using Portal.Vault;
using Portal.Vault.Certificates;
using Portal.Vault.Notices;
using static Portal.Web.Tests.Authorisation.Row;
using static Portal.Web.Tests.Authorisation.Rule;

namespace Portal.Web.Tests.Authorisation;

internal static partial class AuthorisationTable
{
    private const string Keys = "/api/v1/vaultboxes/{id:guid}/certificates";
    private const string OfAKey = $"{Keys}/{{certificateId:guid}}";

    private static IEnumerable<Row> KeyUseCases() =>
    [
        OfKeyBy((GetKeyCoverage u, Asker a, Guid box, Guid _) => u.HandleAsync(new GetKeyCoverageRequest(a.Vault, box), a.Cancel), Own),
        OfKeyBy((GetCertificate u, Asker a, Guid box, Guid id) => u.HandleAsync(new GetCertificateRequest(a.Vault, box, id), a.Cancel), Own),
        OfKeyBy((CheckCertificates u, Asker a, Guid box, Guid _) => u.HandleAsync(new CheckCertificatesRequest(a.Vault, box, "no certificate", default), a.Cancel), Own, "certificate_unparsable"),
        OfKeyBy((AddMailKey u, Asker a, Guid box, Guid _) => u.HandleAsync(new AddMailKeyRequest(a.Vault, box, new BrowserKey(null, null, null, null, null)), a.Cancel), Own.WithStepUp(), "keys_incomplete"),
        OfKeyBy((RenameCertificate u, Asker a, Guid box, Guid id) => u.HandleAsync(new RenameCertificateRequest(a.Vault, box, id, "x"), a.Cancel), Own),
        OfKeyBy((RetireCertificate u, Asker a, Guid box, Guid id) => u.HandleAsync(new RetireCertificateRequest(a.Vault, box, id, PausesMail: true), a.Cancel), Own.WithStepUp()),
        OfKeyBy((ResumeCertificate u, Asker a, Guid box, Guid id) => u.HandleAsync(new ResumeCertificateRequest(a.Vault, box, id), a.Cancel), Own.WithStepUp()),
        OfKeyBy((DeleteCertificate u, Asker a, Guid box, Guid id) => u.HandleAsync(new DeleteCertificateRequest(a.Vault, box, id), a.Cancel), Own.WithStepUp(), "last_key"),
        OfKeyBy((StartKeyProof u, Asker a, Guid box, Guid id) => u.HandleAsync(new StartKeyProofRequest(a.Vault, box, id), a.Cancel), Own, "key_not_bound"),
        OfKeyBy((FinishKeyProof u, Asker a, Guid box, Guid id) => u.HandleAsync(new FinishKeyProofRequest(a.Vault, box, id, "none", "x"), a.Cancel), Own, "proof_expired"),
        Of(Admin, (TellOwner u, Asker a) => u.HandleAsync(
            a.Actor, new TellOwnerRequest(Guid.NewGuid(), a.Owner.Id, OwnerNews.PassphraseChanged, new(null, null, null, null, null, null, null), DateTimeOffset.MaxValue, "/account"), a.Cancel)),
        Inside<WarnOfExpiringKeys>("The delivery service writes notices to the owners of keys that end; tells a number alone."),
        Inside<PassOnNotices>("The delivery service asks whom to write to; what it learns goes to the owner alone."),
    ];

    private static IEnumerable<Row> KeyEndpoints() =>
    [
        AtKey("POST /api/v1/vaultboxes/{id:guid}/keys/mail", Own.WithStepUp(), new { }, "keys_incomplete"),
        AtKey($"GET {Keys}/coverage", Own),
        AtKey($"POST {Keys}/check", Own, new { pem = "no certificate" }, "certificate_unparsable"),
        AtKey($"GET {OfAKey}", Own),
        AtKey($"PATCH {OfAKey}", Own, new { friendlyName = "x" }),
        AtKey($"DELETE {OfAKey}", Own.WithStepUp(), null, "last_key"),
        AtKey($"POST {OfAKey}/retire", Own.WithStepUp(), new { pausesMail = true }),
        AtKey($"POST {OfAKey}/resume", Own.WithStepUp(), new { }),
        AtKey($"POST {OfAKey}/proof", Own, new { }, "key_not_bound"),
        AtKey($"POST {OfAKey}/proof/finish", Own, new { token = "none", code = "x" }, "proof_expired"),
    ];

    private static IEnumerable<Row> KeyPages() =>
    [
        Page("/vaultboxes/{Id:guid}/keys/upload", Own.ForReader(), OfVaultbox),
        Page("/vaultboxes/{Id:guid}/keys/add", Own.ForReader(), OfVaultbox),
        Page("/vaultboxes/{Id:guid}/keys/{KeyId:guid}", Own, OfKeyPage),
    ];

    private static IEnumerable<Row> KeyEvents() =>
    [
        Event("KeyMenu", "onclick", "Opens a dialog."),
        Event("KeyTable", "onclick", "Opens a dialog."),
        Event("KeysTab", "onclick", "Opens a dialog."),
        Event("KeyDialogs", "onclick", "Closes the dialog."),
        Event<RenameCertificate>("RenameKeyDialog", "onsubmit"),
        Event("RenameKeyDialog", "onclick", "Closes the dialog."),
        Event("RetireKeyDialog", "onclick", $"Reaches data by {nameof(RetireCertificate)} or {nameof(ResumeCertificate)} alone."),
        Event<DeleteCertificate>("DeleteKeyDialog", "onclick"),
    ];

    private static Row OfKeyBy<TUseCase, T>(Func<TUseCase, Asker, Guid, Guid, Task<VaultResult<T>>> call, Rule rule, params string[] passes)
        where TUseCase : notnull => Of(
            rule,
            async (TUseCase u, Asker a) =>
            {
                var (vaultbox, key) = await OfKey(a);
                return await call(u, a, vaultbox, key);
            },
            passes);

    private static Row AtKey(string key, Rule rule, object? body = null, params string[] passes) => new(
        key,
        rule.With(Caller.Anonymous, Verdict.SignInAsked).Walled(key.Split(' ')[0]),
        async a =>
        {
            var (vaultbox, certificate) = await OfKey(a);
            var (method, route) = (key.Split(' ')[0], key.Split(' ')[1].Replace("{id:guid}", $"{vaultbox}", StringComparison.Ordinal));
            return await a.SendAsync(method, RouteParameter.Fill(route, $"{certificate}"), null, body is null ? null : _ => body);
        },
        passes);

    /// <summary>A mail key of the owner's, the only one of its vaultbox.</summary>
    private static async Task<(Guid Vaultbox, Guid Key)> OfKey(Asker asker)
    {
        var (vaultbox, key) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await MakeKeyAsync(asker, vaultbox, key);
        return (asker.Id(vaultbox), asker.Id(key));
    }

    /// <summary>Both have the same id: a page's route is filled with one.</summary>
    private static async Task<Guid> OfKeyPage(Asker asker)
    {
        var id = Guid.CreateVersion7();
        await MakeKeyAsync(asker, id, id);
        return asker.Id(id);
    }

    private static async Task MakeKeyAsync(Asker asker, Guid vaultbox, Guid key) =>
        await asker.World.Vault.ExecuteAsync(
            $"""
             INSERT INTO vaultboxes (id, user_id, domain, name, alias) VALUES ('{vaultbox}', '{asker.Owner.Id}', 'vault.test', 'Box', 'k{key:n}');
             INSERT INTO certificates (id, vaultbox_id, certificate_type, purpose, pem_content, friendly_name, fingerprint_sha256, algorithm, not_before, not_after)
                 VALUES ('{key}', '{vaultbox}', 'public', 'mail', '{KeyPem.Value}', 'Key', sha256('{key}'), 'RSA 2048', now() - interval '1 day', now() + interval '1 year')
             """);

    private static readonly Lazy<string> KeyPem = new(() => Certificates.For("key@vault.test"));
}
