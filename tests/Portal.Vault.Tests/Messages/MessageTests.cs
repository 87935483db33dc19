using Portal.Smime;
using Portal.Vault.Messages;

namespace Portal.Vault.Tests.Messages;

public sealed class MessageTests(VaultFixture vault) : IClassFixture<VaultFixture>
{
    private const string Mail = "From: a@example.org\r\nSubject: S\r\n\r\nText\r\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly VaultActor _owner = VaultActor.Session(Guid.CreateVersion7(), isAdmin: false, freshUntil: DateTimeOffset.MaxValue);

    [Fact]
    public async Task List_ManyMails_PagesNewestFirst()
    {
        var (vaultbox, _) = await vault.NewKeyedVaultboxAsync(_owner);
        for (var i = 0; i < 5; i++)
        {
            await vault.DeliverAsync(Mail, vaultbox);
            vault.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var uids = new List<long>();
        string? after = null;
        do
        {
            var page = (await vault.Get<ListSummaries>().HandleAsync(new(_owner, vaultbox.Id, 2, after), Cancel)).Value!;
            uids.AddRange(page.Items.Select(s => s.Uid));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal([5, 4, 3, 2, 1], uids);
    }

    [Fact]
    public async Task Open_OwnMessage_StreamsWhatTheReceiptSigns()
    {
        var (vaultbox, _) = await vault.NewKeyedVaultboxAsync(_owner);
        await vault.DeliverAsync(Mail, vaultbox);
        var row = (await vault.Get<ListMessages>().HandleAsync(new(_owner, vaultbox.Id), Cancel)).Value!.Items[0];

        await using var content = (await vault.Get<OpenSealedMessage>().HandleAsync(new(_owner, row.Id), Cancel)).Value!;
        using var der = new MemoryStream();
        await content.Der.CopyToAsync(der, Cancel);

        Assert.Equal(row.Size, der.Length);
        var claims = ReceiptVerifier.Verify(content.Receipt, vault.Get<ReceiptSigner>().PublicKeySpki.Span);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(der.ToArray())), claims?.DerSha256);
        Assert.Equal((row.Id, vaultbox.Id), (claims?.Message, claims?.Vaultbox));
    }

    [Fact]
    public async Task EveryAct_OnOthersMessage_LooksAbsent()
    {
        var (vaultbox, _) = await vault.NewKeyedVaultboxAsync(_owner);
        await vault.DeliverAsync(Mail, vaultbox);
        var id = (await vault.Get<ListMessages>().HandleAsync(new(_owner, vaultbox.Id), Cancel)).Value!.Items[0].Id;

        string?[] codes =
        [
            (await vault.Get<GetMessage>().HandleAsync(new(vault.Stranger, id), Cancel)).Problem?.Code,
            (await vault.Get<OpenSealedMessage>().HandleAsync(new(vault.Admin, id), Cancel)).Problem?.Code,
            (await vault.Get<SetFlags>().HandleAsync(new(vault.Stranger, id, []), Cancel)).Problem?.Code,
            (await vault.Get<ListMessages>().HandleAsync(new(vault.Admin, vaultbox.Id), Cancel)).Problem?.Code,
            (await vault.Get<ListSummaries>().HandleAsync(new(vault.Stranger, vaultbox.Id), Cancel)).Problem?.Code,
            (await vault.Get<WatchMail>().HandleAsync(new(vault.Stranger, vaultbox.Id), Cancel)).Problem?.Code,
        ];

        Assert.All(codes, code => Assert.Equal("not_found", code));
    }

    [Fact]
    public async Task SetFlags_KnownFlags_AreKeptAndRaiseTheModSequence()
    {
        var (vaultbox, _) = await vault.NewKeyedVaultboxAsync(_owner);
        await vault.DeliverAsync(Mail, vaultbox);
        var id = (await vault.Get<ListMessages>().HandleAsync(new(_owner, vaultbox.Id), Cancel)).Value!.Items[0].Id;
        var before = await ModSeqAsync(id);

        await vault.Get<SetFlags>().HandleAsync(new(_owner, id, ["\\Seen", "\\Flagged", "\\Seen"]), Cancel);

        Assert.Equal(["\\Flagged", "\\Seen"], (await vault.Get<GetMessage>().HandleAsync(new(_owner, id), Cancel)).Value!.Message.Flags);
        Assert.True(await ModSeqAsync(id) > before);
        Assert.Equal("flag_unknown", (await vault.Get<SetFlags>().HandleAsync(new(_owner, id, ["\\Nope"]), Cancel)).Problem?.Code);
    }

    [Fact]
    public async Task Watch_MailStored_TellsItsId()
    {
        var (vaultbox, _) = await vault.NewKeyedVaultboxAsync(_owner);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var watched = (await vault.Get<WatchMail>().HandleAsync(new(_owner, vaultbox.Id), ended.Token)).Value!.GetAsyncEnumerator(ended.Token);
        var next = watched.MoveNextAsync().AsTask();
        await using var arrivals = await VaultFixture.StartAsync(vault.Get<MailArrivals>());

        // An empty id says that listening has begun, and that some may have been missed before.
        Assert.True(await next);
        Assert.Equal(Guid.Empty, watched.Current);
        await vault.DeliverAsync(Mail, vaultbox);

        Assert.True(await watched.MoveNextAsync());
        Assert.Equal(await vault.Database.ScalarAsync<Guid>($"SELECT id FROM encrypted_emails WHERE vaultbox_id = '{vaultbox.Id}'"), watched.Current);
        await watched.DisposeAsync();
    }

    private async Task<long> ModSeqAsync(Guid id) => await vault.Database.ScalarAsync<long>($"SELECT mod_seq FROM encrypted_emails WHERE id = '{id}'");
}
