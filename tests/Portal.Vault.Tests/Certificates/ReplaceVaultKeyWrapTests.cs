using System.Text.Json;
using Portal.Vault.Certificates;

namespace Portal.Vault.Tests.Certificates;

public sealed class ReplaceVaultKeyWrapTests(VaultFixture vault) : IClassFixture<VaultFixture>, IAsyncLifetime
{
    private readonly VaultActor _owner = VaultActor.Session(Guid.CreateVersion7(), isAdmin: false, freshUntil: DateTimeOffset.MaxValue);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await vault.NewKeyedVaultboxAsync(_owner);
        vault.Time.Advance(TimeSpan.FromDays(1));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Handle_NewPassphrase_TakesThePlaceOfTheOldOneAndTheOwnerIsTold()
    {
        var old = Assert.Single(await WrapsAsync());
        var wrap = BrowserKeys.Wrap();

        var result = await ReplaceAsync(wrap, old.CreatedAt);

        Assert.True(result.Succeeded, result.Problem?.Detail);
        var now = Assert.Single(await WrapsAsync());
        Assert.Equal(Convert.ToBase64String(wrap.Wrapped), now.Wrapped);
        Assert.Equal(vault.Time.GetUtcNow(), now.CreatedAt, TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await NoticesAsync("passphrase_changed"));
    }

    [Fact]
    public async Task Handle_FirstKitOfAnAccount_StandsBesideThePassphrase()
    {
        var result = await ReplaceAsync(BrowserKeys.KitWrap(), null);

        Assert.True(result.Succeeded, result.Problem?.Detail);
        Assert.Equal(["passphrase", "recovery_kit"], (await WrapsAsync()).Select(w => w.Method));
        Assert.Equal(1, await NoticesAsync("recovery_kit_made"));
    }

    [Fact]
    public async Task Handle_ChangedInAnotherBrowser_IsRefusedAndChangesNothing()
    {
        var seen = Assert.Single(await WrapsAsync()).CreatedAt;
        Assert.True((await ReplaceAsync(BrowserKeys.Wrap(), seen)).Succeeded);
        var others = Assert.Single(await WrapsAsync()).Wrapped;
        vault.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("wrap_changed", (await ReplaceAsync(BrowserKeys.Wrap(), seen)).Problem?.Code);
        Assert.Equal("wrap_changed", (await ReplaceAsync(BrowserKeys.Wrap(), null)).Problem?.Code);
        Assert.Equal("wrap_changed", (await ReplaceAsync(BrowserKeys.KitWrap(), seen)).Problem?.Code);
        Assert.Equal(others, Assert.Single(await WrapsAsync()).Wrapped);
        Assert.Equal(1, await NoticesAsync("passphrase_changed"));
    }

    [Fact]
    public async Task Handle_TwoBrowsersAtOnce_OneWins()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ReplaceAsync(BrowserKeys.KitWrap(), null)));

        Assert.Single(answers, answer => answer.Succeeded);
        Assert.All(answers.Where(answer => !answer.Succeeded), answer => Assert.Equal("wrap_changed", answer.Problem?.Code));
    }

    [Fact]
    public async Task Handle_ByAToken_IsRefusedWhateverItsScopes()
    {
        var result = await vault.Get<ReplaceVaultKeyWrap>().HandleAsync(new(_owner with { FreshUntil = null }, BrowserKeys.KitWrap(), null), Cancel);

        Assert.Equal("session_required", result.Problem?.Code);
        Assert.Single(await WrapsAsync());
    }

    [Fact]
    public async Task Handle_AccountWithoutKeys_IsRefused()
    {
        var nobody = VaultActor.Session(Guid.CreateVersion7(), isAdmin: false, freshUntil: DateTimeOffset.MaxValue);

        var result = await vault.Get<ReplaceVaultKeyWrap>().HandleAsync(new(nobody, BrowserKeys.KitWrap(), null), Cancel);

        Assert.Equal("vault_key_missing", result.Problem?.Code);
    }

    [Theory]
    [InlineData("passkey", 60, "{}", "wrap_method_unknown")]
    [InlineData("recovery_kit", 61, "{}", "wrap_malformed")]
    [InlineData("recovery_kit", 60, "[]", "wrap_malformed")]
    public async Task Handle_NoWrap_IsRefused(string method, int length, string kdf, string code)
    {
        var result = await ReplaceAsync(new NewVaultKeyWrap(method, JsonDocument.Parse(kdf).RootElement, new byte[length]), null);

        Assert.Equal(code, result.Problem?.Code);
    }

    [Fact]
    public async Task Handle_WithoutAFreshProofOrTheScope_IsRefused()
    {
        var (stale, narrow) = (_owner with { FreshUntil = vault.Time.GetUtcNow() }, _owner with { Scopes = new HashSet<string>(StringComparer.Ordinal) { VaultScopes.MessagesRead } });

        Assert.Equal("step_up_required", (await vault.Get<ReplaceVaultKeyWrap>().HandleAsync(new(stale, BrowserKeys.KitWrap(), null), Cancel)).Problem?.Code);
        Assert.Equal("scope_missing", (await vault.Get<ReplaceVaultKeyWrap>().HandleAsync(new(narrow, BrowserKeys.KitWrap(), null), Cancel)).Problem?.Code);
        Assert.Single(await WrapsAsync());
    }

    private Task<VaultResult<VaultKeyWrapView>> ReplaceAsync(NewVaultKeyWrap wrap, DateTimeOffset? replaces) =>
        vault.Get<ReplaceVaultKeyWrap>().HandleAsync(new(_owner, wrap, replaces), Cancel);

    private async Task<IReadOnlyList<VaultKeyWrapView>> WrapsAsync() => (await vault.Get<GetVaultKeyWraps>().HandleAsync(new(_owner), Cancel)).Value!;

    private Task<long> NoticesAsync(string kind) =>
        vault.CountAsync($"SELECT count(*) FROM owner_notices WHERE user_id = '{_owner.UserId}' AND kind = '{kind}' AND wants_mail AND mailed_at IS NULL");
}
