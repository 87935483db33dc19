using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Portal.Passwords;
using Portal.Web.MailAuthentication;

namespace Portal.Web.Tests.MailAuthentication;

[Collection(nameof(MailCollection))]
public sealed class CheckedPasswordsTests(MailWorld world)
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public void Find_OfAnother_IsNothing()
    {
        var (known, pool) = Create();
        known.Remember(Key(known, "a"), Right(pool), pool.Version);

        Assert.NotNull(known.Find(Key(known, "a")));
        Assert.Null(known.Find(Key(known, "b")));
        Assert.Null(known.Find(known.KeyOf("name", CredentialProtocol.Imap, "a")));
        Assert.Null(known.Find(known.KeyOf("other", CredentialProtocol.Smtp, "a")));
        // The parts cannot be shifted into one another.
        Assert.NotEqual(known.KeyOf("ab", CredentialProtocol.Smtp, "c"), known.KeyOf("a", CredentialProtocol.Smtp, "bc"));
    }

    [Fact]
    public void Find_WhenItsTimeIsOver_IsNothing()
    {
        var (known, pool) = Create();
        known.Remember(Key(known, "right"), Right(pool), pool.Version);
        known.Remember(Key(known, "wrong"), new JudgedPassword(pool, null, default, null), pool.Version);

        time.Advance(TimeSpan.FromSeconds(31));
        Assert.Null(known.Find(Key(known, "wrong")));
        Assert.NotNull(known.Find(Key(known, "right")));
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Null(known.Find(Key(known, "right")));
    }

    [Fact]
    public void Forget_OfTheCredentialItsOwnerOrItsVaultbox_LeavesTheOthers()
    {
        var (known, pool) = Create();
        JudgedPassword[] all = [Right(pool), Right(pool), Right(pool), Right(pool)];
        for (var i = 0; i < all.Length; i++)
            known.Remember(Key(known, $"{i}"), all[i], pool.Version);

        known.Forget(pool, all[0].Credential!.Id);
        known.Forget(pool, all[1].Credential!.UserId);
        known.Forget(pool, all[2].Credential!.VaultboxId!.Value);

        Assert.Equal([false, false, false, true], all.Select((_, i) => known.Find(Key(known, $"{i}")) is not null));
    }

    [Fact]
    public void Remember_OfWhatChangedSinceItWasRead_IsNotBelieved()
    {
        var (known, pool) = Create();
        var (mine, other) = (Right(pool), Right(pool));
        var version = pool.Version;

        known.Forget(pool, mine.Credential!.Id);
        known.Remember(Key(known, "mine"), mine, version);
        known.Remember(Key(known, "other"), other, version);

        Assert.Null(known.Find(Key(known, "mine")));
        Assert.NotNull(known.Find(Key(known, "other")));
    }

    [Fact]
    public void Remember_AfterMoreChangesThanAreToldApart_IsNotBelieved()
    {
        var (known, pool) = Create();
        var version = pool.Version;
        for (var i = 0; i < 2000; i++)
            known.Forget(pool, Guid.NewGuid());

        known.Remember(Key(known, "a"), Right(pool), version);

        Assert.Null(known.Find(Key(known, "a")));
    }

    [Fact]
    public void Remember_WhileChangesAreNotHeardOrWereMissed_IsNotBelieved()
    {
        var (known, pool) = Create();
        pool.IsHeard = false;
        known.Remember(Key(known, "deaf"), Right(pool), pool.Version);
        pool.IsHeard = true;
        var version = pool.Version;
        known.Forget(pool);
        known.Remember(Key(known, "missed"), Right(pool), version);

        Assert.Null(known.Find(Key(known, "deaf")));
        Assert.Null(known.Find(Key(known, "missed")));
    }

    [Fact]
    public void Remember_MoreThanThereIsRoomFor_DropsTheOldestAndNoRightOneForWrongOnes()
    {
        var (known, pool) = Create(entries: 3);
        known.Remember(Key(known, "right"), Right(pool), pool.Version);
        for (var i = 0; i < 10; i++)
            known.Remember(Key(known, $"wrong {i}"), new JudgedPassword(pool, null, default, null), pool.Version);

        Assert.NotNull(known.Find(Key(known, "right")));
        Assert.NotNull(known.Find(Key(known, "wrong 9")));
        Assert.Null(known.Find(Key(known, "wrong 0")));
        Assert.Equal(4, known.Count);
    }

    private (CheckedPasswords Known, CredentialPoolState Pool) Create(int entries = 100)
    {
        var options = Options.Create(new MailAuthenticationOptions { CacheEntries = entries });
        var pool = new CredentialPoolState(world.Services.GetServices<ICredentialPool>().First()) { IsHeard = true };
        return (new CheckedPasswords(options, time), pool);
    }

    private static PasswordKey Key(CheckedPasswords known, string password) => known.KeyOf("name", CredentialProtocol.Smtp, password);

    private static JudgedPassword Right(CredentialPoolState pool)
    {
        var pair = PasswordPair.First("aaaa", "hash");
        var credential = new Credential(
            Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), "name", null, CredentialProtocol.Smtp, pair, [], null, CredentialState.Active);
        return new JudgedPassword(pool, credential, pair.Id, pair.Hash);
    }
}
