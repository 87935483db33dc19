using System.Security.Cryptography;
using Portal.Vault.Certificates;
using Portal.Vault.Intake;
using Portal.Vault.Notices;
using Portal.Vault.Tests.Certificates;

namespace Portal.Vault.Tests.Intake;

/// <summary>Rows of keys that somebody has written past the portal: nothing is sealed, and the owner hears of it.</summary>
public sealed class ForeignKeyAlarmTests(VaultFixture vault) : KeyTest(vault), IClassFixture<VaultFixture>
{
    private string Mine => $"vaultbox_id = '{Box.Id}' AND certificate_type = 'public' AND purpose = 'mail'";

    public static TheoryData<string> Writes =>
        ["certificate altered", "certificate inserted", "certificate of another vaultbox", "fingerprint altered", "signature removed", "no certificate at all", "reading key altered"];

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task Handle_RowWrittenPastThePortal_DefersAndTellsTheOwner(string write)
    {
        await MakeKeysAsync();
        await DeliverAsync();

        var fingerprint = await WriteAsync(write);

        Assert.Equal(new DeliveryResult(DeliveryOutcome.Deferred, $"A key is not bound to this vaultbox: {fingerprint}."), await Vault.DeliverAsync(Message, Box));
        Assert.Equal(1, await Vault.CountAsync($"SELECT count(*) FROM encrypted_emails WHERE vaultbox_id = '{Box.Id}'"));
        Assert.Equal([(NoticeKinds.KeyForeign, fingerprint)], (await NoticesAsync()).Where(n => n.Kind == NoticeKinds.KeyForeign));
    }

    [Fact]
    public async Task Handle_SeveralMessages_TellTheOwnerOnceADay()
    {
        await MakeKeysAsync();
        await WriteAsync("certificate altered");

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Vault.DeliverAsync(Message, Box)));
        Assert.Equal(1, await CountAsync());

        Vault.Time.Advance(ForeignKeyAlarm.Quiet + TimeSpan.FromMinutes(1));
        await Vault.DeliverAsync(Message, Box);
        Assert.Equal(2, await CountAsync());

        async Task<int> CountAsync() => (await NoticesAsync()).Count(n => n.Kind == NoticeKinds.KeyForeign);
    }

    [Fact]
    public async Task Handle_NameOfTheForeignKey_IsNotToldOn()
    {
        await MakeKeysAsync();
        await WriteAsync("certificate altered");
        await Vault.Database.ExecuteAsync($"UPDATE certificates SET friendly_name = 'Call this number' WHERE {Mine}");

        await Vault.DeliverAsync(Message, Box);

        Assert.Equal(0, await Vault.CountAsync($"SELECT count(*) FROM owner_notices WHERE detail::text LIKE '%Call this number%'"));
    }

    [Fact]
    public async Task Handle_EndPutOffInTheDatabase_IsThatOfTheCertificate()
    {
        await AddAsync(until: Now.AddDays(1));
        Vault.Time.Advance(CertificatePolicy.Grace + TimeSpan.FromDays(2));
        await Vault.Database.ExecuteAsync($"UPDATE certificates SET not_after = '{Now.AddYears(1):O}' WHERE {Mine}");

        Assert.Equal(new DeliveryResult(DeliveryOutcome.Deferred, "No valid certificate."), await Vault.DeliverAsync(Message, Box));
    }

    [Fact]
    public async Task Proof_OfAForeignKey_IsNotStarted()
    {
        var key = await AddAsync();
        await WriteAsync("certificate altered");

        var started = await Vault.Get<StartKeyProof>().HandleAsync(new(Owner, Box.Id, key.Id), Cancel);

        Assert.Equal("key_not_bound", started.Problem?.Code);
    }

    private async Task MakeKeysAsync()
    {
        var keys = BrowserKeys.Make(Box.Id, Box.Address, Now);
        Assert.True((await Vault.Get<StoreKeys>().HandleAsync(keys.Request(Owner), Cancel)).Succeeded);
    }

    /// <summary>As whoever owns the database could.</summary>
    /// <returns>The fingerprint that the row has then.</returns>
    private async Task<string> WriteAsync(string write)
    {
        using var thief = TestCertificate.Make(Box.Address, Now.AddDays(-1), Now.AddYears(1));
        var fingerprint = thief.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant();
        var swap = $"pem_content = '{thief.ExportCertificatePem()}', fingerprint_sha256 = '\\x{fingerprint}'";
        var purpose = "mail";
        switch (write)
        {
            case "certificate altered":
                await Vault.Database.ExecuteAsync($"UPDATE certificates SET {swap} WHERE {Mine}");
                break;
            case "certificate inserted":
                await CopyAsync(thief.ExportCertificatePem(), $"'\\x{fingerprint}'", Box.Id);
                break;
            case "certificate of another vaultbox":
                var (other, _) = await Vault.NewKeyedVaultboxAsync();
                await CopyAsync(null, "fingerprint_sha256", other.Id);
                return (await FingerprintAsync(other.Id, purpose))!;
            case "fingerprint altered":
                await Vault.Database.ExecuteAsync($"UPDATE certificates SET fingerprint_sha256 = '\\x{fingerprint}' WHERE {Mine}");
                break;
            case "signature removed":
                await Vault.Database.ExecuteAsync($"UPDATE certificates SET {swap}, binding_kind = NULL, binding_signature = NULL WHERE {Mine}");
                break;
            case "no certificate at all":
                await Vault.Database.ExecuteAsync($"UPDATE certificates SET pem_content = 'nothing' WHERE {Mine}");
                break;
            default:
                purpose = "portal";
                using (var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256))
                    await Vault.Database.ExecuteAsync($"UPDATE certificates SET pem_content = '{key.ExportSubjectPublicKeyInfoPem()}' WHERE {Mine.Replace("mail", purpose, StringComparison.Ordinal)}");
                break;
        }

        return write is "no certificate at all" || purpose is "portal" ? (await FingerprintAsync(Box.Id, purpose))! : fingerprint;
    }

    /// <summary>A row of its own, with the signature of the one that it is copied from.</summary>
    private Task CopyAsync(string? pem, string fingerprint, Guid from) => Vault.Database.ExecuteAsync(
        $"""
         INSERT INTO certificates (id, vaultbox_id, certificate_type, purpose, pem_content, friendly_name, fingerprint_sha256, algorithm, not_before,
             not_after, status, binding_kind, binding_signature, created_at)
         SELECT gen_random_uuid(), '{Box.Id}', 'public', 'mail', {(pem is null ? "pem_content" : $"'{pem}'")}, 'Key', {fingerprint}, algorithm, not_before,
             not_after, status, binding_kind, binding_signature, created_at
         FROM certificates WHERE vaultbox_id = '{from}' AND certificate_type = 'public' AND purpose = 'mail'
         """);

    private Task<string?> FingerprintAsync(Guid vaultboxId, string purpose) => Vault.Database.ScalarAsync<string>(
        $"SELECT encode(fingerprint_sha256, 'hex') FROM certificates WHERE vaultbox_id = '{vaultboxId}' AND certificate_type = 'public' AND purpose = '{purpose}'");
}
