namespace Portal.Passwords.Tests;

public sealed class PasswordPairTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly PasswordPair First = PasswordPair.First("aaaa", "hash-a");

    [Fact]
    public void Rotate_WithAnOverlap_KeepsThePresentOneUntilItIsOver()
    {
        var pair = First.Rotate("bbbb", "hash-b", Now, TimeSpan.FromMinutes(10));

        Assert.Equal(("bbbb", "hash-b"), (pair.Selector, pair.Hash));
        Assert.Equal((First.Id, "aaaa", "hash-a"), (pair.PreviousId, pair.PreviousSelector, pair.PreviousHash));
        Assert.NotEqual(First.Id, pair.Id);
        Assert.True(pair.IsOverlapping(Now.AddMinutes(10).AddTicks(-1)));
        Assert.False(pair.IsOverlapping(Now.AddMinutes(10)));
    }

    [Fact]
    public void Rotate_WithNone_KeepsNothing()
    {
        var pair = First.Rotate("bbbb", "hash-b", Now, TimeSpan.Zero);

        Assert.Equal(new PasswordPair(pair.Id, "bbbb", "hash-b", null, null, null, null), pair);
    }

    [Fact]
    public void Rotate_AmidAnOverlap_EndsTheOldest()
    {
        var pair = First.Rotate("bbbb", "hash-b", Now, TimeSpan.FromDays(1)).Rotate("cccc", "hash-c", Now, TimeSpan.FromDays(1));

        Assert.Equal("hash-b", pair.PreviousHash);
    }

    [Fact]
    public void Undo_InTheWindow_MakesThePreviousOneTheOnlyOne()
    {
        var pair = First.Rotate("bbbb", "hash-b", Now, TimeSpan.FromMinutes(10));

        Assert.Equal(First, pair.Undo(Now.AddMinutes(9)));
        Assert.Null(pair.Undo(Now.AddMinutes(10)));
        Assert.Null(First.Undo(Now));
    }

    [Fact]
    public void Cleaned_WhenTheWindowIsOver_HasNoPreviousOne()
    {
        var pair = First.Rotate("bbbb", "hash-b", Now, TimeSpan.FromMinutes(10));

        Assert.Same(pair, pair.Cleaned(Now));
        Assert.Equal(new PasswordPair(pair.Id, "bbbb", "hash-b", null, null, null, null), pair.Cleaned(Now.AddMinutes(10)));
    }

    [Fact]
    public void Choose_ByTheLeadingGroup_GivesThePasswordThatItBelongsTo()
    {
        var pair = First.Rotate("bbbb", "hash-b", Now, TimeSpan.FromMinutes(10));

        Assert.Equal((pair.Id, "hash-b"), pair.Choose("bbbb", Now));
        Assert.Equal((First.Id, "hash-a"), pair.Choose("aaaa", Now));
        Assert.Null(pair.Choose("aaaa", Now.AddMinutes(10)));
        Assert.Null(pair.Choose("cccc", Now));
        Assert.Null(pair.Choose(null, Now));
    }

    [Fact]
    public void Choose_OfAnImportedPassword_GivesItForAnything()
    {
        var pair = PasswordPair.First(null, "hash");

        Assert.Equal((pair.Id, "hash"), pair.Choose(null, Now));
        Assert.Equal((pair.Id, "hash"), pair.Choose("aaaa", Now));
    }

    [Fact]
    public void HashOf_EachPassword_EndsWithIt()
    {
        var pair = First.Rotate("bbbb", "hash-b", Now, TimeSpan.FromMinutes(10));

        Assert.Equal("hash-b", pair.HashOf(pair.Id, Now.AddYears(1)));
        Assert.Equal("hash-a", pair.HashOf(First.Id, Now));
        Assert.Null(pair.HashOf(First.Id, Now.AddMinutes(10)));
        Assert.Null(pair.HashOf(Guid.NewGuid(), Now));
    }
}
