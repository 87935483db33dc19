using Portal.Vault.Credentials;

namespace Portal.Vault.Tests.Credentials;

public sealed class MirrorSuspendedOwnersTests(VaultFixture vault) : DeviceTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_ChangedSet_KeepsAndAnnouncesTheDifference()
    {
        var mirror = Vault.Get<MirrorSuspendedOwners>();
        var (stays, returns, comes) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        Assert.Equal(2, await mirror.HandleAsync(_ => Task.FromResult<IReadOnlyList<Guid>>([stays, returns, stays]), Cancel));
        Vault.Time.Advance(TimeSpan.FromHours(1));
        var changed = 0;

        var heard = await HeardAsync(async () => changed = await mirror.HandleAsync(_ => Task.FromResult<IReadOnlyList<Guid>>([stays, comes]), Cancel));

        Assert.Equal(2, changed);
        Assert.Equal(new[] { $"owner:{comes}", $"owner:{returns}" }.Order(StringComparer.Ordinal), heard.Order(StringComparer.Ordinal));
        Assert.Equal(2L, await Vault.CountAsync($"SELECT count(*) FROM suspended_owners WHERE user_id IN ('{stays}', '{comes}')"));
        Assert.Equal(1L, await Vault.CountAsync($"SELECT count(*) FROM suspended_owners a JOIN suspended_owners b ON a.since < b.since WHERE a.user_id = '{stays}' AND b.user_id = '{comes}'"));
        Assert.Equal(0, await mirror.HandleAsync(_ => Task.FromResult<IReadOnlyList<Guid>>([comes, stays]), Cancel));
        Assert.Equal(2, await mirror.HandleAsync(_ => Task.FromResult<IReadOnlyList<Guid>>([]), Cancel));
        Assert.Equal(0L, await Vault.CountAsync("SELECT count(*) FROM suspended_owners"));
    }
}
