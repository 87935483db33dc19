using System.Security.Cryptography;
using Portal.Mail.Backends;

namespace Portal.Mail.Tests.Backends;

public sealed class SecretTests
{
    private readonly string _text = Convert.ToHexString(RandomNumberGenerator.GetBytes(12));

    [Fact]
    public void Reveal_UntilDisposed_GivesTheText()
    {
        var secret = new Secret(_text);

        Assert.Equal(_text, secret.Reveal());
        secret.Dispose();
        Assert.Throws<ObjectDisposedException>(secret.Reveal);
    }

    [Fact]
    public void ToString_InARecordOrAlone_ShowsNothing()
    {
        using var secret = new Secret(_text);

        Assert.Equal("[secret]", secret.ToString());
        Assert.DoesNotContain(_text, new SaslCredentials("PLAIN", "a", secret).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void FromUtf8_NotUtf8_IsNull() => Assert.Null(Secret.FromUtf8([0xC3]));
}
