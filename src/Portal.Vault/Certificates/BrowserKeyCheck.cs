using System.Security.Cryptography;
using Portal.Smime;

namespace Portal.Vault.Certificates;

/// <summary>A browser-made key that passed every check.</summary>
internal sealed record CheckedBrowserKey(
    BrowserKey Key, string Fingerprint, string Algorithm, DateTimeOffset? NotBefore, DateTimeOffset? NotAfter, string PublicPem, string Name)
{
    /// <summary>The public and the private row.</summary>
    public IEnumerable<Certificate> Rows(Guid vaultboxId, InstallationBinding installation, DateTimeOffset now)
    {
        var isOwner = string.Equals(Key.Purpose, KeyPurposes.Owner, StringComparison.Ordinal);
        yield return Row(vaultboxId, CertificateTypes.Public, PublicPem, now,
            isOwner ? BindingKinds.Installation : BindingKinds.Owner,
            isOwner ? installation.Sign(vaultboxId, KeyPurposes.Owner, Fingerprint) : Key.Binding!.Value.ToArray());
        yield return Row(vaultboxId, CertificateTypes.Private, Key.PrivatePem!, now, null, null);
    }

    private Certificate Row(Guid vaultboxId, string type, string pem, DateTimeOffset now, string? bindingKind, byte[]? binding) => new()
    {
        VaultboxId = vaultboxId,
        CertificateType = type,
        Purpose = Key.Purpose!,
        PemContent = pem,
        FriendlyName = Name,
        FingerprintSha256 = Convert.FromHexString(Fingerprint),
        Algorithm = Algorithm,
        NotBefore = NotBefore,
        NotAfter = NotAfter,
        BindingKind = bindingKind,
        BindingSignature = binding,
        CreatedAt = now,
    };
}

/// <summary>The checks of <see cref="StoreKeys"/>: form of the private parts, validity of the public ones, binding by the owner key.</summary>
internal static class BrowserKeyCheck
{
    public static VaultResult<IReadOnlyList<CheckedBrowserKey>> Check(StoreKeysRequest request, KeyedVaultbox vaultbox, DateTimeOffset now)
    {
        if (!StoreKeys.IsComplete(request.Keys.Select(k => k.Purpose)))
            return VaultProblem.Invalid("keys_incomplete", "Send exactly one key for each purpose: mail, portal and owner.");
        if (request.Keys.FirstOrDefault(k => !EncryptedKeyArmour.IsWellFormed(k.PrivatePem)) is { } open)
        {
            return VaultProblem.Invalid(CertificateCodes.PrivateKeyInClear,
                $"The private part of the {open.Purpose} key is not encrypted as this server requires. It was refused and not stored.");
        }

        var checkedKeys = new List<CheckedBrowserKey>(request.Keys.Count);
        foreach (var key in request.Keys)
        {
            var result = string.Equals(key.Purpose, KeyPurposes.Mail, StringComparison.Ordinal) ? CheckMail(key, vaultbox, now) : CheckP256(key);
            if (!result.Succeeded)
                return result.Problem;
            checkedKeys.Add(result.Value);
        }

        return BindingProblem(checkedKeys, vaultbox) is { } problem ? problem : checkedKeys;
    }

    /// <param name="isKnown">The vaultbox has the certificate already: it was checked when it was added.</param>
    internal static VaultResult<CheckedBrowserKey> CheckMail(BrowserKey key, KeyedVaultbox vaultbox, DateTimeOffset now, bool isKnown = false)
    {
        var read = CertificateReader.Read(key.PublicPem, default);
        if (read.Refusal is { } unreadable)
            return VaultProblem.Invalid(unreadable.Code, unreadable.Message);
        var certificate = read.EndEntity!;
        if (!isKnown && CertificateChecks.Check(certificate, vaultbox.ChecksAt(now)) is { IsAccepted: false } check)
            return VaultProblem.Invalid(check.Refusals[0].Code, string.Join(" ", check.Refusals.Select(r => r.Message)));
        return new CheckedBrowserKey(key, certificate.FingerprintSha256, certificate.Algorithm, certificate.NotBefore, certificate.NotAfter,
            certificate.ToPem(), AddCertificate.NameOf(key.FriendlyName, certificate));
    }

    private static VaultResult<CheckedBrowserKey> CheckP256(BrowserKey key)
    {
        if (!PublicKeyPem.TryReadP256(key.PublicPem, out var spki))
            return VaultProblem.Invalid("public_key_unusable", $"The public part of the {key.Purpose} key is not one P-256 public key in PEM.");
        var name = string.IsNullOrWhiteSpace(key.FriendlyName) ? $"{key.Purpose} key" : key.FriendlyName.Trim();
        return new CheckedBrowserKey(key, Convert.ToHexStringLower(SHA256.HashData(spki)), "EC P-256", null, null,
            PemEncoding.WriteString("PUBLIC KEY", spki) + "\n", name[..Math.Min(name.Length, AddCertificate.MaxNameLength)]);
    }

    private static VaultProblem? BindingProblem(List<CheckedBrowserKey> keys, KeyedVaultbox vaultbox)
    {
        var owner = keys.Find(k => string.Equals(k.Key.Purpose, KeyPurposes.Owner, StringComparison.Ordinal))!;
        var spki = PublicKeyPem.Der(owner.PublicPem);
        if (vaultbox.PublicRows.Any(row => string.Equals(row.Purpose, KeyPurposes.Owner, StringComparison.Ordinal)))
            return VaultProblem.Conflict("keys_exist", "This vaultbox already has keys made in a browser.");
        var unbound = keys.Find(k => k != owner && (k.Key.Binding is not { } signature
            || !BindingSignature.Verify(spki, vaultbox.Vaultbox.Id, k.Key.Purpose!, k.Fingerprint, signature.Span)));
        return unbound is null
            ? null
            : VaultProblem.Invalid("binding_invalid", $"The {unbound.Key.Purpose} key is not signed by the owner key for this vaultbox.");
    }
}
