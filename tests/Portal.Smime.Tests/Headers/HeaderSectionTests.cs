using System.Text;
using Portal.Smime.Tests.Support;

namespace Portal.Smime.Tests.Headers;

public sealed class HeaderSectionTests
{
    [Theory]
    [InlineData("A: 1\r\nB: 2\r\n\r\nbody", "A|B", 14)]
    [InlineData("A: 1\nB: 2\n\nbody", "A|B", 11)]
    [InlineData("A: 1\r\n folded: x\r\nB:\r\n\r\n", "A|B", 24)]
    [InlineData("A: 1\r\nno field\r\nB: 2\r\n\r\n", "A", 6)]
    [InlineData("A: 1\r\n\r\r\nB: 2\r\n", "A", 6)]
    [InlineData("A : 1\r\n", "A", 7)]
    [InlineData("From me\r\nA: 1\r\n", "A", 15)]
    [InlineData("A: 1\r\nFrom me\r\n", "A", 6)]
    [InlineData(": x\r\n", "", 0)]
    [InlineData("\r\nA: 1\r\n", "", 2)]
    [InlineData("\u00e4: 1\r\n", "", 0)]
    public void Read_HeaderShape_FindsFieldsAndBody(string text, string names, int bodyOffset)
    {
        using var section = HeaderSection.Read(Sequences.Split(Sequences.Bytes(text), 3), 1024);
        Assert.Equal(names, string.Join('|', section.Fields.Select(field => Encoding.ASCII.GetString(section.Buffer, field.Start, field.NameLength))));
        Assert.Equal(bodyOffset, section.BodyOffset);
    }

    [Fact]
    public void Read_LongerThanTheFirstCopy_IsReadWhole()
    {
        var text = string.Concat(Enumerable.Range(0, 5000).Select(static number => $"X-{number}: value\r\n")) + "\r\nbody";
        using var section = HeaderSection.Read(Sequences.Split(Sequences.Bytes(text), 4096), 1024 * 1024);
        Assert.Equal(5000, section.Fields.Count);
        Assert.Equal(text.Length - 4, section.BodyOffset);
    }

    [Fact]
    public void Read_BeyondTheLimit_SeesWholeFieldsOnly()
    {
        using var section = HeaderSection.Read(Sequences.Split(Sequences.Bytes("A: 1\r\nB: 2\r\n folded\r\nC: 3\r\n\r\n"), 100), 16);
        Assert.Single(section.Fields);
        Assert.Null(section.Find("B"));
    }
}
