using System.Text;
using Portal.Mail.DovecotAuth;

namespace Portal.Mail.Tests.DovecotAuth;

public sealed class TabEscapingTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\tb", "a\u0001tb")]
    [InlineData("\0\u0001\t\r\n", "\u00010\u00011\u0001t\u0001r\u0001n")]
    [InlineData("j\u00F6rg", "j\u00F6rg")]
    public void Encode_AndBack_IsTheSame(string value, string escaped)
    {
        Assert.Equal(escaped, TabEscaping.Encode(value));
        Assert.Equal(value, TabEscaping.Decode(Encoding.UTF8.GetBytes(escaped)));
    }

    [Theory]
    [InlineData("a\u0001lb", "a\nb")]
    [InlineData("a\u0001xb", "axb")]
    [InlineData("a\u0001", "a")]
    public void Decode_WhatWeNeverWrite_IsUnderstood(string escaped, string value) =>
        Assert.Equal(value, TabEscaping.Decode(Encoding.UTF8.GetBytes(escaped)));

    [Fact]
    public void Decode_NoUtf8_IsReplaced() => Assert.Equal("a\uFFFD", TabEscaping.Decode([(byte)'a', 0xFF]));
}
