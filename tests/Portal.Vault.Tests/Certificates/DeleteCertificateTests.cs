using Npgsql;
using Portal.Vault.Certificates;

namespace Portal.Vault.Tests.Certificates;

public sealed class DeleteCertificateTests(VaultFixture vault) : KeyTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_MessagesOpenWithItOnly_IsRefusedWithTheNumber()
    {
        var key = await AddAsync();
        await DeliverAsync(2);
        await AddAsync("Laptop");
        await DeliverAsync();

        var refused = await DeleteAsync(key);

        Assert.Equal((DeleteCertificate.OpensAlone, "2 messages open with this key only. Add another key to them first."), (refused.Problem?.Code, refused.Problem?.Detail));
        Assert.Equal(1L, await Vault.CountAsync($"SELECT count(*) FROM certificates WHERE id = '{key.Id}'"));
    }

    [Fact]
    public async Task Handle_AllElseOpensElsewhere_IsGoneAndTheOwnerIsTold()
    {
        var key = await AddAsync();
        await AddAsync("Laptop");
        await DeliverAsync(2);

        var deleted = await DeleteAsync(key);

        Assert.True(deleted.Succeeded, deleted.Problem?.Detail);
        Assert.Equal(0L, await Vault.CountAsync($"SELECT count(*) FROM certificates WHERE id = '{key.Id}'"));
        Assert.Equal(("key_deleted", key.FingerprintSha256), (await NoticesAsync())[^1]);
        Assert.Equal((2L, 2L), ((await CoverageAsync()).Keys.Single().Messages, (await CoverageAsync()).Keys.Single().Alone));
    }

    [Fact]
    public async Task Handle_OtherKeyOfTheMessagesLostItsPrivatePart_IsRefused()
    {
        var (vaultbox, _) = await Vault.NewKeyedVaultboxAsync(Owner);
        using var certificate = TestCertificate.Make(vaultbox.Address, Now.AddDays(-1), Now.AddYears(1));
        var card = await Vault.Get<AddCertificate>().HandleAsync(new(Owner, vaultbox.Id, certificate.ExportCertificatePem(), default, "Card"), Cancel);
        await Vault.DeliverAsync(Message, vaultbox);
        await Vault.Database.ExecuteAsync($"DELETE FROM certificates WHERE vaultbox_id = '{vaultbox.Id}' AND certificate_type = 'private' AND purpose = 'mail'");

        var refused = await Vault.Get<DeleteCertificate>().HandleAsync(new(Owner, vaultbox.Id, card.Value!.Certificate.Id), Cancel);

        Assert.Equal(("1 message opens with this key only. Add another key to it first.", DeleteCertificate.OpensAlone), (refused.Problem?.Detail, refused.Problem?.Code));
    }

    [Fact]
    public async Task Handle_MailToItIsBeingStored_WaitsAndCountsIt()
    {
        var key = await AddAsync();
        await AddAsync("Laptop");
        await using var storing = new NpgsqlConnection(Vault.Database.Service);
        await storing.OpenAsync(Cancel);
        await using var transaction = await storing.BeginTransactionAsync(Cancel);
        await ExecuteAsync(storing, $"UPDATE mailboxes SET uid_next = uid_next + 1 WHERE vaultbox_id = '{Box.Id}'");

        var deleting = DeleteAsync(key);
        // Either it waits, as it must, or it is over before the message is there.
        while (!deleting.IsCompleted && await Vault.CountAsync("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 0)
            Cancel.ThrowIfCancellationRequested();
        await ExecuteAsync(
            storing,
            $"""
             INSERT INTO encrypted_emails (id, vaultbox_id, mailbox_id, uid, mod_seq, message_id, recipient, body_encrypted, size, content_type, outer_headers,
                 content_sha256, receipt, passport_id, received_at, sealed_to)
             SELECT gen_random_uuid(), vaultbox_id, id, 999, 1, '<x>', 'x', '\x30', 1, 'x', 'x', sha256(''), 'x', gen_random_uuid(), now(),
                 ARRAY[decode('{key.FingerprintSha256}', 'hex')] FROM mailboxes WHERE vaultbox_id = '{Box.Id}'
             """);
        await transaction.CommitAsync(Cancel);

        Assert.Equal(DeleteCertificate.OpensAlone, (await deleting).Problem?.Code);
    }

    [Fact]
    public async Task Handle_MailWasSealedToItBefore_IsDeferredInsteadOfStored()
    {
        var key = await AddAsync();
        await using var deleting = new NpgsqlConnection(Vault.Database.Service);
        await deleting.OpenAsync(Cancel);
        await using var transaction = await deleting.BeginTransactionAsync(Cancel);
        await ExecuteAsync(deleting, $"SELECT FROM mailboxes WHERE vaultbox_id = '{Box.Id}' FOR UPDATE");

        var delivering = Vault.DeliverAsync(Message, Box);
        while (!delivering.IsCompleted && await Vault.CountAsync("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 0)
            Cancel.ThrowIfCancellationRequested();
        await ExecuteAsync(deleting, $"DELETE FROM certificates WHERE id = '{key.Id}'");
        await transaction.CommitAsync(Cancel);

        Assert.Equal(Portal.Vault.Intake.DeliveryOutcome.Deferred, (await delivering).Outcome);
        Assert.Equal(0L, await Vault.CountAsync($"SELECT count(*) FROM encrypted_emails WHERE vaultbox_id = '{Box.Id}'"));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    [Fact]
    public async Task Handle_MadeInABrowserBesideAnUploadedOne_WaitsUntilThatIsProven()
    {
        var (vaultbox, _) = await Vault.NewKeyedVaultboxAsync(Owner);
        using var certificate = TestCertificate.Make(vaultbox.Address, Now.AddDays(-1), Now.AddYears(1));
        var card = await Vault.Get<AddCertificate>().HandleAsync(new(Owner, vaultbox.Id, certificate.ExportCertificatePem(), default, "Card"), Cancel);
        await Vault.DeliverAsync(Message, vaultbox);
        var made = (await Vault.Get<ListCertificates>().HandleAsync(new(Owner, vaultbox.Id), Cancel)).Value!
            .Single(c => c is { Purpose: KeyPurposes.Mail, CertificateType: CertificateTypes.Public, BindingKind: BindingKinds.Owner });

        var refused = await Vault.Get<DeleteCertificate>().HandleAsync(new(Owner, vaultbox.Id, made.Id), Cancel);
        await Vault.Database.ExecuteAsync($"UPDATE certificates SET last_proven_at = now() WHERE id = '{card.Value!.Certificate.Id}'");
        var deleted = await Vault.Get<DeleteCertificate>().HandleAsync(new(Owner, vaultbox.Id, made.Id), Cancel);

        Assert.Equal(DeleteCertificate.OthersUnproven, refused.Problem?.Code);
        Assert.True(deleted.Succeeded, deleted.Problem?.Detail);
    }

    [Fact]
    public async Task Handle_MailOfWhichNobodyKnowsItsKeys_IsCounted()
    {
        var key = await AddAsync();
        await AddAsync("Laptop");
        await DeliverAsync();
        await Vault.Database.ExecuteAsync($"UPDATE encrypted_emails SET sealed_to = DEFAULT WHERE vaultbox_id = '{Box.Id}'");

        Assert.Equal(DeleteCertificate.OpensAlone, (await DeleteAsync(key)).Problem?.Code);
    }

    [Fact]
    public async Task Handle_MadeInABrowser_TakesTheLockedPartAlong()
    {
        var (vaultbox, _) = await Vault.NewKeyedVaultboxAsync(Owner);
        using var certificate = TestCertificate.Make(vaultbox.Address, Now.AddDays(-1), Now.AddYears(1));
        await Vault.Get<AddCertificate>().HandleAsync(new(Owner, vaultbox.Id, certificate.ExportCertificatePem(), default, "Card"), Cancel);
        var made = (await Vault.Get<ListCertificates>().HandleAsync(new(Owner, vaultbox.Id), Cancel)).Value!
            .Single(c => c is { Purpose: KeyPurposes.Mail, CertificateType: CertificateTypes.Public, BindingKind: BindingKinds.Owner });

        var deleted = await Vault.Get<DeleteCertificate>().HandleAsync(new(Owner, vaultbox.Id, made.Id), Cancel);

        Assert.True(deleted.Succeeded, deleted.Problem?.Detail);
        // The card, the reading key and the owner key stay.
        Assert.Equal(5L, await Vault.CountAsync($"SELECT count(*) FROM certificates WHERE vaultbox_id = '{vaultbox.Id}'"));
    }

    [Fact]
    public async Task Handle_LastOneInUse_IsRefused()
    {
        var key = await AddAsync();

        Assert.Equal(RetireCertificate.LastKey, (await DeleteAsync(key)).Problem?.Code);
    }

    [Fact]
    public async Task Handle_WithoutAFreshProofOrByAStranger_IsRefused()
    {
        var key = await AddAsync();
        await AddAsync();

        Assert.Equal(VaultProblem.StepUpRequired, (await DeleteAsync(key, Stale)).Problem);
        Assert.Equal("not_found", (await DeleteAsync(key, Vault.Stranger)).Problem?.Code);
        Assert.Equal(2L, await Vault.CountAsync($"SELECT count(*) FROM certificates WHERE vaultbox_id = '{Box.Id}'"));
    }
}
