using Portal.Web.Components.Shared;

namespace Portal.Web.Tests.Components.Shared;

public sealed class AmountsTests
{
    [Theory]
    [InlineData(0, "0 keys")]
    [InlineData(1, "1 key")]
    [InlineData(2773, "2,773 keys")]
    public void Count_Number_IsGroupedAndInflected(long number, string text) => Assert.Equal(text, Amounts.Count(number, "key", "keys"));

    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(20_480, "20 KB")]
    [InlineData(1_400_000, "1.4 MB")]
    [InlineData(5_000_000_000, "5 GB")]
    public void Size_Octets_AreInStepsOfThousand(long octets, string text) => Assert.Equal(text, Amounts.Size(octets));

    [Fact]
    public void Fingerprint_Hex_IsInGroupsOfFour() => Assert.Equal("0123 4567 89ab cdef", Amounts.Fingerprint("0123456789abcdef"));
}
