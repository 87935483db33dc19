using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Text;
using Portal.Vault.Certificates;
using Portal.Vault.Intake;
using Portal.Vault.Messages;
using Portal.Vault.ProcessingLog;

namespace Portal.Vault.Tests.Intake;

public sealed class DeliverMessageTests(VaultFixture vault) : IClassFixture<VaultFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Mail(string? messageId = null) =>
        $"From: Otto <otto@example.org>\r\nTo: mara@vault.test\r\nSubject: Plans for Tuesday\r\n" +
        (messageId is null ? string.Empty : $"Message-ID: {messageId}\r\n") + "\r\nThe marker is heliotrope.\r\n";

    [Fact]
    public async Task Handle_Mail_IsStoredSealedAndOpensWithTheKey()
    {
        var (vaultbox, keys) = await vault.NewKeyedVaultboxAsync();

        var result = await vault.DeliverAsync(Mail("<1@example.org>"), vaultbox);

        Assert.Equal(new DeliveryResult(DeliveryOutcome.Stored, null), result);
        var cms = new EnvelopedCms();
        cms.Decode((await vault.Database.ScalarAsync<byte[]>($"SELECT body_encrypted FROM encrypted_emails WHERE vaultbox_id = '{vaultbox.Id}'"))!);
        cms.Decrypt([keys.Certificate]);
        var opened = Encoding.UTF8.GetString(cms.ContentInfo.Content);
        Assert.Contains("The marker is heliotrope.", opened, StringComparison.Ordinal);
        Assert.Contains("Received: from mx1.example.org ([192.0.2.25])", opened, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handle_SeveralKeys_StoresWhichItWasSealedTo()
    {
        var owner = VaultActor.Session(Guid.CreateVersion7(), isAdmin: false, freshUntil: DateTimeOffset.MaxValue);
        var (vaultbox, keys) = await vault.NewKeyedVaultboxAsync(owner);
        using var second = TestCertificate.Make(vaultbox.Address, vault.Time.GetUtcNow().AddDays(-1), vault.Time.GetUtcNow().AddYears(1));
        await vault.Get<AddCertificate>().HandleAsync(new(owner, vaultbox.Id, second.ExportCertificatePem(), default, null), Cancel);

        await vault.DeliverAsync(Mail("<keys@example.org>"), vaultbox);

        var sealedTo = await vault.Database.ScalarAsync<byte[][]>($"SELECT sealed_to FROM encrypted_emails WHERE vaultbox_id = '{vaultbox.Id}'");
        Assert.Equal(
            new[] { keys.Certificate, second }.Select(c => c.GetCertHashString(HashAlgorithmName.SHA256)).Order(StringComparer.Ordinal),
            sealedTo!.Select(Convert.ToHexString));
    }

    [Fact]
    public async Task Handle_UploadedCertificateAlone_StoresWithoutSummary()
    {
        var vaultbox = await vault.NewVaultboxAsync();
        using var certificate = TestCertificate.Make(vaultbox.Address, vault.Time.GetUtcNow().AddDays(-1), vault.Time.GetUtcNow().AddYears(1));
        await vault.Get<AddCertificate>().HandleAsync(new(vault.Owner, vaultbox.Id, certificate.ExportCertificatePem(), default, null), Cancel);

        var result = await vault.DeliverAsync(Mail("<upload@example.org>"), vaultbox);

        Assert.Equal(DeliveryOutcome.Stored, result.Outcome);
        Assert.Equal(1, await vault.CountAsync($"SELECT count(*) FROM encrypted_emails WHERE vaultbox_id = '{vaultbox.Id}' AND subject_encrypted IS NULL"));
    }

    [Fact]
    public async Task Handle_Mail_LeavesNoContentInAnyColumn()
    {
        var (vaultbox, _) = await vault.NewKeyedVaultboxAsync();
        await vault.DeliverAsync(Mail("<2@example.org>"), vaultbox);

        foreach (var table in new[] { "encrypted_emails", "email_processing_logs", "deliveries" })
        {
            var hits = await vault.CountAsync($"SELECT count(*) FROM {table} t WHERE to_jsonb(t)::text ~* 'heliotrope|Plans for Tuesday'");
            Assert.Equal(0, hits);
        }
    }

    [Fact]
    public async Task Handle_SameDeliveryAgain_StoresOneAndSaysStoredEachTime()
    {
        var (vaultbox, _) = await vault.NewKeyedVaultboxAsync();

        var outcomes = new List<DeliveryOutcome>();
        for (var i = 0; i < 3; i++)
            outcomes.Add((await vault.DeliverAsync(Mail("<3@example.org>"), vaultbox)).Outcome);

        Assert.All(outcomes, o => Assert.Equal(DeliveryOutcome.Stored, o));
        Assert.Equal(1, await CountAsync(vaultbox.Id));
        Assert.Equal(2, await vault.CountAsync($"SELECT count(*) FROM email_processing_logs WHERE vaultbox_id = '{vaultbox.Id}' AND stage = 'duplicate'"));
    }

    [Fact]
    public async Task Handle_SameDeliveryAtOnce_StoresOne()
    {
        var (vaultbox, _) = await vault.NewKeyedVaultboxAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => vault.DeliverAsync(Mail("<4@example.org>"), vaultbox)));

        Assert.All(results, r => Assert.Equal(DeliveryOutcome.Stored, r.Outcome));
        Assert.Equal(1, await CountAsync(vaultbox.Id));
    }

    [Fact]
    public async Task Handle_SameDeliveryAfterFiveDays_IsNewMail()
    {
        var (vaultbox, _) = await vault.NewKeyedVaultboxAsync();
        await vault.DeliverAsync(Mail("<5@example.org>"), vaultbox);

        vault.Time.Advance(TimeSpan.FromDays(5.1));
        await vault.DeliverAsync(Mail("<5@example.org>"), vaultbox);

        Assert.Equal(2, await CountAsync(vaultbox.Id));
    }

    [Fact]
    public async Task Handle_WithoutMessageId_NothingIsTakenForADuplicate()
    {
        var (vaultbox, _) = await vault.NewKeyedVaultboxAsync();

        await vault.DeliverAsync(Mail(), vaultbox);
        await vault.DeliverAsync(Mail(), vaultbox);

        Assert.Equal(2, await CountAsync(vaultbox.Id));
    }

    [Fact]
    public async Task Handle_SeveralRecipients_StoresACopyForEach()
    {
        var (first, _) = await vault.NewKeyedVaultboxAsync();
        var (second, _) = await vault.NewKeyedVaultboxAsync();

        await vault.DeliverAsync(Mail("<6@example.org>"), first, second);

        Assert.Equal((1L, 1L), (await CountAsync(first.Id), await CountAsync(second.Id)));
    }

    [Fact]
    public async Task Handle_OneRecipientWithoutCertificate_StoresNothingForAny()
    {
        var (first, _) = await vault.NewKeyedVaultboxAsync();
        var keyless = await vault.NewVaultboxAsync();

        var result = await vault.DeliverAsync(Mail("<7@example.org>"), first, keyless);

        Assert.Equal(DeliveryOutcome.Deferred, result.Outcome);
        Assert.Equal(0, await CountAsync(first.Id));
    }

    [Fact]
    public async Task Handle_CertificatePastItsGrace_Defers()
    {
        var (vaultbox, _) = await vault.NewKeyedVaultboxAsync();
        var recipient = await vault.RecipientAsync(vaultbox);
        await vault.Database.ExecuteAsync($"UPDATE certificates SET not_after = now() - interval '31 days' WHERE vaultbox_id = '{vaultbox.Id}' AND purpose = 'mail'");

        var result = await vault.DeliverToAsync(Mail("<8@example.org>"), [recipient]);

        Assert.Equal(new DeliveryResult(DeliveryOutcome.Deferred, "No valid certificate."), result);
        Assert.Equal(RecipientStatus.NoCertificate, (await vault.Get<ResolveRecipient>().HandleAsync(vaultbox.Alias, vaultbox.Domain, Cancel)).Status);
    }

    [Fact]
    public async Task Handle_CertificateSwappedInTheDatabase_Defers()
    {
        var (vaultbox, _) = await vault.NewKeyedVaultboxAsync();
        using var foreign = TestCertificate.Make(vaultbox.Address, DateTimeOffset.UnixEpoch, vault.Time.GetUtcNow().AddYears(1));
        await vault.Database.ExecuteAsync($"""
            UPDATE certificates SET pem_content = '{foreign.ExportCertificatePem()}', fingerprint_sha256 = '\x{foreign.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256)}'
            WHERE vaultbox_id = '{vaultbox.Id}' AND purpose = 'mail' AND certificate_type = 'public'
            """);

        var result = await vault.DeliverAsync(Mail("<9@example.org>"), vaultbox);

        Assert.Equal(DeliveryOutcome.Deferred, result.Outcome);
        Assert.Contains("not bound to this vaultbox", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handle_OwnerKeySwappedInTheDatabase_Defers()
    {
        var (vaultbox, _) = await vault.NewKeyedVaultboxAsync();
        var thief = BrowserKeys.Make(vaultbox.Id, vaultbox.Address, vault.Time.GetUtcNow());
        foreach (var key in thief.Items())
        {
            var der = key.Purpose == "mail" ? thief.Certificate.RawData : key.Purpose == "portal" ? thief.Portal.ExportSubjectPublicKeyInfo() : thief.Owner.ExportSubjectPublicKeyInfo();
            var binding = key.Binding is { } signature ? $", binding_signature = '\\x{Convert.ToHexString(signature.Span)}'" : string.Empty;
            await vault.Database.ExecuteAsync($"""
                UPDATE certificates SET pem_content = '{key.PublicPem}', fingerprint_sha256 = '\x{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(der))}'{binding}
                WHERE vaultbox_id = '{vaultbox.Id}' AND purpose = '{key.Purpose}' AND certificate_type = 'public'
                """);
        }

        var result = await vault.DeliverAsync(Mail("<10@example.org>"), vaultbox);

        Assert.Equal(DeliveryOutcome.Deferred, result.Outcome);
    }

    [Fact]
    public async Task Handle_SeveralMails_GivesRisingUids()
    {
        var (vaultbox, _) = await vault.NewKeyedVaultboxAsync();

        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => vault.DeliverAsync(Mail($"<uid{i}@example.org>"), vaultbox)));

        Assert.Equal("1,2,3,4,5,6,7,8,9,10,11,12", await vault.Database.ScalarAsync<string>(
            $"SELECT string_agg(uid::text, ',' ORDER BY uid) FROM encrypted_emails WHERE vaultbox_id = '{vaultbox.Id}'"));
    }

    [Theory]
    [InlineData("53100", DeliveryOutcome.OutOfSpace)]
    [InlineData("53200", DeliveryOutcome.OutOfSpace)]
    [InlineData("57014", DeliveryOutcome.Deferred)]
    public async Task Handle_DatabaseRefuses_KeepsNothing(string sqlState, DeliveryOutcome expected)
    {
        var (vaultbox, _) = await vault.NewKeyedVaultboxAsync();
        await vault.Database.ExecuteAsync($"""
            CREATE OR REPLACE FUNCTION fail_{sqlState}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF NEW.vaultbox_id = '{vaultbox.Id}' THEN RAISE EXCEPTION 'planted' USING ERRCODE = '{sqlState}'; END IF; RETURN NEW; END $$;
            CREATE TRIGGER fail_{sqlState} BEFORE INSERT ON encrypted_emails FOR EACH ROW EXECUTE FUNCTION fail_{sqlState}();
            """);

        var failed = await vault.DeliverAsync(Mail("<11@example.org>"), vaultbox);
        await vault.Database.ExecuteAsync($"DROP TRIGGER fail_{sqlState} ON encrypted_emails");
        var retried = await vault.DeliverAsync(Mail("<11@example.org>"), vaultbox);

        Assert.Equal((expected, DeliveryOutcome.Stored), (failed.Outcome, retried.Outcome));
        Assert.Equal(1, await CountAsync(vaultbox.Id));
    }

    [Fact]
    public async Task Handle_Mail_LeavesAPassportOfItsWay()
    {
        var owner = VaultActor.Session(Guid.CreateVersion7(), isAdmin: false, freshUntil: DateTimeOffset.MaxValue);
        var (vaultbox, keys) = await vault.NewKeyedVaultboxAsync(owner);
        await vault.DeliverAsync(Mail("<12@example.org>"), vaultbox);
        var message = (await vault.Get<ListMessages>().HandleAsync(new(owner, vaultbox.Id), Cancel)).Value!.Items[0];

        var own = await vault.Get<GetPassport>().HandleAsync(new(owner, message.PassportId), Cancel);
        var stranger = await vault.Get<GetPassport>().HandleAsync(new(vault.Stranger, message.PassportId), Cancel);
        var admin = await vault.Get<GetPassport>().HandleAsync(new(vault.Admin, message.PassportId), Cancel);

        Assert.Equal([LogStages.Accepted, LogStages.Sealed, LogStages.Stored], own.Value!.Select(e => e.Stage).Order(StringComparer.Ordinal));
        Assert.Contains(keys.Certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256).ToLowerInvariant(), own.Value!.Single(e => e.Stage == LogStages.Sealed).CertificateFingerprints!);
        Assert.Equal("not_found", stranger.Problem?.Code);
        Assert.Equal(3, admin.Value!.Count);
    }

    private Task<long> CountAsync(Guid vaultboxId) => vault.CountAsync($"SELECT count(*) FROM encrypted_emails WHERE vaultbox_id = '{vaultboxId}'");
}
