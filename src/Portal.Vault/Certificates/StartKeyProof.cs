using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Portal.Smime;

namespace Portal.Vault.Certificates;

public sealed record StartKeyProofRequest(VaultActor Actor, Guid VaultboxId, Guid CertificateId);

/// <param name="Token">To be sent back with the code, within <see cref="KeyProof.Life"/>.</param>
/// <param name="Note">CMS EnvelopedData, DER, sealed to this key alone: a small text with the code on a line of its own.</param>
public sealed record StartedKeyProof(string Token, byte[] Note, DateTimeOffset ExpiresAt);

/// <summary>Seals a note with a random code to one key. Whoever tells the code holds the private part (<see cref="FinishKeyProof"/>).</summary>
public sealed class StartKeyProof(IDbContextFactory<VaultContext> contexts, InstallationBinding installation, IDataProtectionProvider protection, TimeProvider time)
{
    private const int CodeBytes = 32;

    public async Task<VaultResult<StartedKeyProof>> HandleAsync(StartKeyProofRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.KeysWrite))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var vaultbox = await KeyedVaultbox.FindAsync(context, request.Actor, request.VaultboxId, cancellationToken);
        if (vaultbox?.PublicRows.FirstOrDefault(c => c.Id == request.CertificateId && c.Purpose == KeyPurposes.Mail) is not { } row)
            return VaultProblem.NotFound("key");
        // Who opens the note would prove somebody else's key.
        if (!installation.IsBound(row, vaultbox.PublicRows))
            return VaultProblem.Conflict("key_not_bound", "This key is not signed for this vaultbox: it was changed in the database. Tell whoever runs this server.");
        if (!MailCertificate.TryParse(PublicKeyPem.Der(row.PemContent), out var certificate))
            return VaultProblem.Invalid(CertificateCodes.Unparsable, "The stored certificate cannot be read.");
        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(CodeBytes));
        var expiresAt = time.GetUtcNow() + KeyProof.Life;
        var token = new KeyProof(request.Actor.UserId, request.VaultboxId, row.Id, KeyProof.Hash(code), expiresAt).Protect(protection);
        return new StartedKeyProof(token, SealedNote.Seal(certificate, Encoding.ASCII.GetBytes(Text(code))), expiresAt);
    }

    /// <summary>A MIME entity, so that a mail client shows it and <c>openssl cms -decrypt</c> prints it.</summary>
    private static string Text(string code) =>
        $"Content-Type: text/plain; charset=us-ascii\r\n\r\nYour key opened this note. The code that proves it:\r\n\r\n{code}\r\n";
}
