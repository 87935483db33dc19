using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Vault.Certificates;
using Portal.Vault.Home;
using Portal.Vault.Messages;
using Portal.Vault.Notices;
using Portal.Vault.ProcessingLog;

namespace Portal.Vault.Tests;

/// <summary>What a supporter sees of an owner's vault: when, how much, and of other people's addresses the domain alone.</summary>
public sealed class SupportSightTests(VaultFixture vault) : IClassFixture<VaultFixture>
{
    private const string Mail = "From: A Teacher <teacher@school.example.org>\r\nSubject: S\r\n\r\nText\r\n";

    private static readonly HashSet<string> Scopes = new(StringComparer.Ordinal)
    {
        VaultScopes.VaultboxesRead, VaultScopes.MessagesRead, VaultScopes.LogsRead,
    };

    private readonly VaultActor owner = VaultActor.Session(Guid.CreateVersion7(), isAdmin: false, freshUntil: DateTimeOffset.MaxValue);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private VaultActor Support => new(owner.UserId, IsAdmin: false, Scopes, DateTimeOffset.MinValue, IsSupport: true);

    [Fact]
    public async Task Messages_ShowTimeSizeAndDomains()
    {
        var (vaultbox, _) = await vault.NewKeyedVaultboxAsync(owner);
        await vault.DeliverAsync(Mail, vaultbox);
        var whole = (await vault.Get<ListMessages>().HandleAsync(new(owner, vaultbox.Id), Cancel)).Value!.Items[0];

        var seen = (await vault.Get<ListMessages>().HandleAsync(new(Support, vaultbox.Id), Cancel)).Value!.Items[0];

        Assert.Contains("@", whole.Sender, StringComparison.Ordinal);
        Assert.Equal(whole.Sender!.Split('@')[1], seen.Sender);
        Assert.Equal("vault.test", seen.Recipient);
        Assert.Equal((whole.ReceivedAt, whole.Size), (seen.ReceivedAt, seen.Size));
        Assert.Equal((string.Empty, 0), (seen.MessageId, seen.Flags.Count));
    }

    [Fact]
    public async Task SealedMail_AndKeys_AreClosed()
    {
        var (vaultbox, _) = await vault.NewKeyedVaultboxAsync(owner);
        await vault.DeliverAsync(Mail, vaultbox);
        var id = (await vault.Get<ListMessages>().HandleAsync(new(owner, vaultbox.Id), Cancel)).Value!.Items[0].Id;

        VaultProblem?[] problems =
        [
            (await vault.Get<GetMessage>().HandleAsync(new(Support, id), Cancel)).Problem,
            (await vault.Get<OpenSealedMessage>().HandleAsync(new(Support, id), Cancel)).Problem,
            (await vault.Get<ListSummaries>().HandleAsync(new(Support, vaultbox.Id), Cancel)).Problem,
            (await vault.Get<WatchMail>().HandleAsync(new(Support, vaultbox.Id), Cancel)).Problem,
            (await vault.Get<ListCertificates>().HandleAsync(new(Support, vaultbox.Id), Cancel)).Problem,
            (await vault.Get<GetKeyCoverage>().HandleAsync(new(Support, vaultbox.Id), Cancel)).Problem,
            (await vault.Get<GetVaultKeyWraps>().HandleAsync(new(Support), Cancel)).Problem,
        ];

        Assert.All(problems, problem => Assert.Equal(VaultProblem.SupportView, problem));
    }

    [Fact]
    public async Task Notices_OfKeys_SayNotWhich()
    {
        var (vaultbox, _) = await vault.NewKeyedVaultboxAsync(owner);
        await vault.Database.ExecuteAsync(
            $$"""
              INSERT INTO owner_notices (id, user_id, vaultbox_id, kind, detail, occurred_at, wants_mail)
              VALUES (gen_random_uuid(), '{{owner.UserId}}', '{{vaultbox.Id}}', 'key_added', '{"name": "Laptop", "fingerprint": "ab12", "address": "ines@vault.test"}', now(), false)
              """);

        var whole = (await vault.Get<ListNotices>().HandleAsync(new(owner), Cancel)).Value!.Items[0];
        var seen = (await vault.Get<ListNotices>().HandleAsync(new(Support), Cancel)).Value!.Items[0];

        Assert.Equal("Laptop", whole.Detail[NoticeDetails.Name]);
        Assert.Equal(whole.Id, seen.Id);
        Assert.Equal(NoticeDetails.Address, Assert.Single(seen.Detail).Key);
    }

    [Fact]
    public async Task LogAndPassport_ShowDomains()
    {
        var passport = await LogAsync();

        var row = Assert.Single((await vault.Get<ListProcessingLog>().HandleAsync(new(Support), Cancel)).Value!.Items);
        var way = (await vault.Get<GetPassport>().HandleAsync(new(Support, passport), Cancel)).Value!;

        Assert.Equal(("school.example.org", "vault.test"), (row.Sender, row.Recipient));
        Assert.Equal("Told vault.test to wait", row.Reason);
        Assert.Null(row.CertificateFingerprints);
        Assert.Equal(("school.example.org", "vault.test"), (way[0].Sender, way[0].Recipient));
        Assert.Equal("teacher@school.example.org", (await vault.Get<GetPassport>().HandleAsync(new(owner, passport), Cancel)).Value![0].Sender);
    }

    /// <summary>What came by a password of the owner's says neither which nor from where: that is where the owner lives.</summary>
    [Fact]
    public async Task Log_OfTheOwnersOwnDevice_SaysNotFromWhere()
    {
        await LogAsync("encimap-vault-test-abcdef");

        var row = Assert.Single((await vault.Get<ListProcessingLog>().HandleAsync(new(Support), Cancel)).Value!.Items);

        Assert.Equal((null, null, null), (row.AuthenticatedAs, row.PeerIp, row.PeerName));
    }

    [Theory]
    [InlineData("teacher", 0)]
    [InlineData("teacher@school", 0)]
    [InlineData("ines", 0)]
    [InlineData("teacher@school.example.org", 0)]
    [InlineData("ines@vault.test", 0)]
    [InlineData("school.example.org", 1)]
    [InlineData("vault.test", 1)]
    public async Task Log_SearchedFor_FindsByDomainAlone(string text, int found)
    {
        await LogAsync();

        var rows = (await vault.Get<ListProcessingLog>().HandleAsync(new(Support, Text: text), Cancel)).Value!.Items;

        Assert.Equal(found, rows.Count);
    }

    [Fact]
    public async Task Overview_LeavesOutDevices()
    {
        await vault.NewVaultboxAsync(owner: owner);

        var overview = await vault.Get<GetVaultOverview>().HandleAsync(new(Support), Cancel);

        Assert.Equal(0, overview.Value!.EndingOverlaps.Number);
        Assert.Equal(1, overview.Value.NeedKey.Number);
    }

    [Theory]
    [InlineData("teacher@school.example.org", "school.example.org")]
    [InlineData("\"a b@c\"@d.example", "d.example")]
    [InlineData("school.example.org", "school.example.org")]
    [InlineData("<a@b.example>", "b.example")]
    [InlineData(null, null)]
    public void DomainOnly_OfAnAddress_HasNoLocalPart(string? address, string? domain) => Assert.Equal(domain, DomainOnly.Of(address));

    [Theory]
    [InlineData("From <a.b@c.example> to \"x y\"@z.example: no", "From <c.example> to z.example: no")]
    [InlineData("Too large.", "Too large.")]
    public void DomainOnly_InASentence_HasNoLocalPart(string text, string left) => Assert.Equal(left, DomainOnly.In(text));

    private async Task<Guid> LogAsync(string? authenticatedAs = null)
    {
        var entry = new ProcessingLogEntry
        {
            OccurredAt = vault.Time.GetUtcNow(),
            PassportId = Guid.NewGuid(),
            UserId = owner.UserId,
            Stage = LogStages.Deferred,
            Outcome = LogOutcomes.Deferred,
            SmtpCode = 451,
            Reason = "Told ines@vault.test to wait",
            PeerIp = IPAddress.Parse("192.0.2.77"),
            PeerName = "mx9.example.org",
            Sender = "teacher@school.example.org",
            Recipient = "ines@vault.test",
            AuthenticatedAs = authenticatedAs,
            CertificateFingerprints = ["b0a7"],
            Instance = "test",
        };
        await using var context = await vault.Get<IDbContextFactory<VaultContext>>().CreateDbContextAsync(Cancel);
        context.Add(entry);
        await context.SaveChangesAsync(Cancel);
        return entry.PassportId;
    }
}
