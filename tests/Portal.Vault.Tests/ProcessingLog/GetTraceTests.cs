using Portal.Vault.ProcessingLog;

namespace Portal.Vault.Tests.ProcessingLog;

public sealed class GetTraceTests(VaultFixture vault) : LogTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_MessageAfterTwoTries_JoinsThemAndNoOtherMail()
    {
        var digest = Guid.NewGuid().ToByteArray();
        var earlier = At(-60, LogStages.Accepted, LogOutcomes.Ok, digest);
        var first = At(-30, LogStages.Deferred, LogOutcomes.Deferred, digest);
        var second = At(-20, LogStages.Deferred, LogOutcomes.Deferred, digest);
        var accepted = At(-10, LogStages.Accepted, LogOutcomes.Ok, digest);
        var stored = At(-10, LogStages.Stored, LogOutcomes.Ok, null) with { PassportId = accepted.PassportId };
        var later = At(-5, LogStages.Deferred, LogOutcomes.Deferred, digest);
        var other = At(-15, LogStages.Deferred, LogOutcomes.Deferred, Guid.NewGuid().ToByteArray());
        await WriteAsync(earlier, first, second, accepted, stored, later, other);

        var fromEnd = await TraceAsync(Vault.Admin, accepted.PassportId);
        var fromStart = await TraceAsync(Vault.Admin, first.PassportId);

        Assert.Equal([first.PassportId, second.PassportId, accepted.PassportId, stored.PassportId], fromEnd!.Events.Select(e => e.PassportId));
        Assert.Equal([LogStages.Accepted, LogStages.Stored], fromEnd.Events.TakeLast(2).Select(e => e.Stage));
        Assert.Equal(fromEnd.Events.Select(e => e.Id), fromStart!.Events.Select(e => e.Id));
        Assert.True(fromEnd.HasJoinedTries);
    }

    [Fact]
    public async Task Handle_DeferredThenKeyAdded_ShowsTheKeyAndWhatTheOwnerWasTold()
    {
        var box = await Vault.NewVaultboxAsync();
        var digest = Guid.NewGuid().ToByteArray();
        var now = Vault.Time.GetUtcNow();
        var deferred = At(-30, LogStages.Deferred, LogOutcomes.Deferred, digest) with { VaultboxId = box.Id };
        var accepted = At(-1, LogStages.Accepted, LogOutcomes.Ok, digest) with { VaultboxId = box.Id };
        await WriteAsync(deferred, accepted);
        await Vault.Database.ExecuteAsync($$"""
            INSERT INTO certificates (vaultbox_id, certificate_type, purpose, pem_content, friendly_name, fingerprint_sha256, algorithm, created_at)
            VALUES ('{{box.Id}}', 'public', 'mail', 'x', 'Laptop', sha256('new'), 'RSA 3072', '{{now.AddMinutes(-10):O}}'),
                   ('{{box.Id}}', 'public', 'mail', 'x', 'Before', sha256('old'), 'RSA 3072', '{{now.AddMinutes(-50):O}}');
            INSERT INTO owner_notices (id, user_id, vaultbox_id, kind, detail, occurred_at, wants_mail, mailed_at)
            VALUES (gen_random_uuid(), '{{Vault.Owner.UserId}}', '{{box.Id}}', 'key_expiring', '{"fingerprint":"ab"}', '{{now.AddMinutes(-20):O}}', true, '{{now.AddMinutes(-19):O}}')
            """);

        var trace = await TraceAsync(Vault.Admin, accepted.PassportId);

        Assert.Equal([(TraceMarkKinds.OwnerTold, "key_expiring", true), (TraceMarkKinds.KeyAdded, "Laptop", false)], trace!.Marks.Select(m => (m.Kind, m.What, m.WasMailed)));
        Assert.Equal("ab", trace.Marks[0].Fingerprint);
    }

    [Fact]
    public async Task Handle_AnotherOwner_FindsNothingAndIsJoinedToNothing()
    {
        var digest = Guid.NewGuid().ToByteArray();
        var theirs = At(-2, LogStages.Deferred, LogOutcomes.Deferred, digest);
        var own = At(-1, LogStages.Accepted, LogOutcomes.Ok, digest) with { UserId = Vault.Owner.UserId };
        await WriteAsync(theirs, own);

        Assert.Null(await TraceAsync(Vault.Stranger, own.PassportId));
        Assert.Null(await TraceAsync(Vault.Owner, theirs.PassportId));
        Assert.Equal([own.PassportId], (await TraceAsync(Vault.Owner, own.PassportId))!.Events.Select(e => e.PassportId));
    }

    [Fact]
    public async Task Deliver_Accepted_LeavesTheDigestOfItsTry()
    {
        var (box, _) = await Vault.NewKeyedVaultboxAsync();

        await Vault.DeliverAsync("From: otto@example.org\r\nMessage-ID: <trace@example.org>\r\n\r\nBody\r\n", box);

        Assert.Equal(1, await Vault.CountAsync($"SELECT count(*) FROM email_processing_logs WHERE vaultbox_id = '{box.Id}' AND stage = 'accepted' AND length(attempt_digest) = 16"));
        Assert.Equal(0, await Vault.CountAsync($"SELECT count(*) FROM email_processing_logs WHERE vaultbox_id = '{box.Id}' AND stage <> 'accepted' AND attempt_digest IS NOT NULL"));
    }

    [Theory]
    [InlineData("domain")]
    [InlineData("none")]
    public async Task Deliver_SenderMayNotBeWrittenDown_LeavesNoDigestThatJoinsTheirMail(string policy)
    {
        var (box, _) = await Vault.NewKeyedVaultboxAsync();
        await Vault.Database.ExecuteAsync($"UPDATE vaultboxes SET metadata_policy = '{policy}' WHERE id = '{box.Id}'");

        await Vault.DeliverAsync("From: otto@example.org\r\nMessage-ID: <first@example.org>\r\n\r\nBody\r\n", box);
        await Vault.DeliverAsync("From: otto@example.org\r\nMessage-ID: <first@example.org>\r\n\r\nBody\r\n", box);

        Assert.Equal(2, await Vault.CountAsync($"SELECT count(DISTINCT stage) FROM email_processing_logs WHERE vaultbox_id = '{box.Id}' AND stage IN ('accepted', 'duplicate')"));
        Assert.Equal(0, await Vault.CountAsync($"SELECT count(*) FROM email_processing_logs WHERE vaultbox_id = '{box.Id}' AND attempt_digest IS NOT NULL"));
    }

    [Fact]
    public async Task Handle_MoreTriesThanAreJoined_JoinsSomeAndAnswers()
    {
        var passport = Guid.CreateVersion7();
        var rows = new List<LogRow>();
        for (var n = 0; n < GetTrace.MaxDigests + 5; n++)
        {
            var digest = Guid.NewGuid().ToByteArray();
            rows.Add(At(-1, LogStages.Accepted, LogOutcomes.Ok, digest) with { PassportId = passport });
            rows.AddRange(Enumerable.Range(2, 11).Select(minutes => At(-minutes, LogStages.Deferred, LogOutcomes.Deferred, digest)));
        }

        await WriteAsync([.. rows]);

        var trace = await TraceAsync(Vault.Admin, passport);

        Assert.Equal(GetTrace.MaxJoined, trace!.Events.Select(e => e.PassportId).Where(id => id != passport).Distinct().Count());
    }

    private async Task<MessageTrace?> TraceAsync(VaultActor actor, Guid passport) =>
        (await Vault.Get<GetTrace>().HandleAsync(new GetTraceRequest(actor, passport), Cancel)).Value;

    private LogRow At(int minutes, string stage, string outcome, byte[]? digest) => Row() with
    {
        OccurredAt = Vault.Time.GetUtcNow().AddMinutes(minutes),
        Stage = stage,
        Outcome = outcome,
        AttemptDigest = digest,
        SmtpCode = null,
        EnhancedCode = null,
    };
}
