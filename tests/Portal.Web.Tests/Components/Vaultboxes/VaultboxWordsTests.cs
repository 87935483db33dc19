using Portal.Vault.Vaultboxes;
using Portal.Web.Components.Vaultboxes;

namespace Portal.Web.Tests.Components.Vaultboxes;

public sealed class VaultboxWordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 10, 42, 0, TimeSpan.Zero);

    private static readonly VaultboxView Box = new(
        Guid.NewGuid(), "vault.test", "Choir", "choir", "choir@vault.test", "active", Now, 944, 2_000_000, Now, 1, false, true, Now.AddDays(900))
    {
        NextExpiry = new VaultboxExpiry("Laptop", Now.AddDays(900)),
    };

    public static TheoryData<string, VaultboxView> Messages { get; } = new()
    {
        { "2 MB", Box },
        { "23 in 24 hours", Box with { MessagesLastDay = 23 } },
        { "3 deliveries waiting at senders", Box with { NeedsKey = true, Waiting = new WaitingDeliveries(3, Now) } },
        { "refuses mail since 3 Nov", Box with { Status = "paused", StatusChangedAt = new DateTimeOffset(2026, 11, 3, 8, 0, 0, TimeSpan.Zero) } },
        { "refuses mail", Box with { Status = "paused" } },
        { "kept until you delete them", Box with { Status = "archived" } },
        { "destroyed on 24 December", Box with { DeletedAt = Now, RestorableUntil = Now.AddDays(30) } },
    };

    public static TheoryData<string, bool, VaultboxView> Keys { get; } = new()
    {
        { "next expiry May 2029", false, Box },
        { "Phone expires in 41 days", true, Box with { NextExpiry = new VaultboxExpiry("Phone", Now.AddDays(41.5)) } },
        { "Phone expired 2 days ago", true, Box with { NextExpiry = new VaultboxExpiry("Phone", Now.AddDays(-2)) } },
        { "expired 31 days ago", true, Box with { NeedsKey = true, ExpiresAt = Now.AddDays(-31), NextExpiry = new VaultboxExpiry("Phone", Now.AddDays(-31)) } },
        { "none is valid", true, Box with { NeedsKey = true } },
        { "mail waits for one", false, Box with { KeyCount = 0, NeedsKey = true } },
        { "still opens everything", false, Box with { Status = "archived" } },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void Messages_OfAVaultbox_SayWhatBecomesOfMail(string expected, VaultboxView box) => Assert.Equal(expected, VaultboxWords.Messages(box));

    [Theory]
    [MemberData(nameof(Keys))]
    public void Keys_OfAVaultbox_SayWhenTheNextEndsAndWarnInTime(string expected, bool warns, VaultboxView box) =>
        Assert.Equal((expected, warns), VaultboxWords.Keys(box, Now));

    [Theory]
    [InlineData("none", 0, 0, 0, null)]
    [InlineData("never seen", 1, 0, 0, null)]
    [InlineData("1 of 4 on a new password", 4, 4, 1, 0)]
    [InlineData("1 seen this week", 2, 1, 0, 1)]
    [InlineData("all seen this week", 2, 2, 0, 1)]
    [InlineData("not seen for 21 days", 1, 0, 0, 21)]
    public void Devices_OfAVaultbox_SayHowTheyAreUsed(string expected, int count, int seen, int rotating, int? daysAgo) => Assert.Equal(
        expected, VaultboxWords.Devices(new VaultboxDevices(count, seen, rotating, daysAgo is { } days ? Now.AddDays(-days) : null), Now));

    [Fact]
    public void Held_ExpiredKeyAndWaitingMail_SaysWhatIsWrongAndUntilWhenNothingIsLost()
    {
        var held = Box with { NeedsKey = true, ExpiresAt = Now.AddDays(-31), Waiting = new WaitingDeliveries(3, Now.AddDays(-2)) };

        Assert.Equal("Its only key expired on 24 October.", VaultboxWords.WhyHeld(held, Now));
        Assert.Equal("3 deliveries are waiting at their senders; none is lost if you act before 27 November.", VaultboxWords.Waiting(held.Waiting));
        Assert.Equal("It has no key that mail can be sealed to.", VaultboxWords.WhyHeld(held with { KeyCount = 0, ExpiresAt = null }, Now));
        Assert.StartsWith("Senders are asked to try again", VaultboxWords.Waiting(null), StringComparison.Ordinal);
    }
}
