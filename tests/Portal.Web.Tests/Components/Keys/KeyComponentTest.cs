using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Testing;
using Portal.Vault;
using Portal.Vault.Certificates;

namespace Portal.Web.Tests.Components.Keys;

/// <summary>Keys added by their use case, and messages said to be sealed to them.</summary>
public abstract class KeyComponentTest(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    protected VaultActor Actor => VaultActor.Session(UserId, isAdmin: false, freshUntil: DateTimeOffset.MaxValue);

    public override async ValueTask InitializeAsync()
    {
        // A test makes its circuit stale by moving time, not by waiting.
        Services.AddSingleton(_ => new InstallationBinding(ECDsa.Create(ECCurve.NamedCurves.nistP256)));
        await base.InitializeAsync();
    }

    protected async Task<CertificateView> AddKeyAsync(Guid vaultboxId, string name, int days = 700)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=mara@vault.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(Time.GetUtcNow().AddDays(-100), Time.GetUtcNow().AddDays(days));
        var added = await Services.GetRequiredService<AddCertificate>()
            .HandleAsync(new AddCertificateRequest(Actor, vaultboxId, certificate.ExportCertificatePem(), default, name), Cancel);
        return added.Value?.Certificate ?? throw new InvalidOperationException(added.Problem!.Detail);
    }

    protected Task SealAsync(Guid vaultboxId, int messages, params CertificateView[] to) => Vault.ExecuteAsync(
        $"""
         INSERT INTO encrypted_emails (id, vaultbox_id, mailbox_id, uid, mod_seq, message_id, recipient, body_encrypted, flags, size, content_type, outer_headers,
             content_sha256, receipt, passport_id, received_at, sealed_to)
         SELECT gen_random_uuid(), '{vaultboxId}', m.id, m.uid_next + n, 1, '<x>', 'x@vault.test', '\x30', '{"{}"}', 1, 'application/pkcs7-mime', '', sha256('x'), 'x', gen_random_uuid(),
             '{Time.GetUtcNow().AddDays(-10):O}', ARRAY[{string.Join(',', to.Select(k => k.FingerprintSha256).Order(StringComparer.Ordinal).Select(f => $"'\\x{f}'::bytea"))}]
         FROM mailboxes m, generate_series(1, {messages}) n WHERE m.vaultbox_id = '{vaultboxId}';
         UPDATE mailboxes SET uid_next = uid_next + {messages} WHERE vaultbox_id = '{vaultboxId}'
         """);

    /// <summary>As eleven minutes would.</summary>
    protected void MakeStale() => Time.Advance(TimeSpan.FromMinutes(11));

    protected static AngleSharp.Dom.IElement Button(IRenderedComponent<Microsoft.AspNetCore.Components.IComponent> page, string text) =>
        page.FindAll("button").First(button => string.Equals(button.TextContent.Trim(), text, StringComparison.Ordinal));
}
