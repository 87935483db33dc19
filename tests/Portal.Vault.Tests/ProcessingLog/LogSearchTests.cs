using Portal.Vault.ProcessingLog;

namespace Portal.Vault.Tests.ProcessingLog;

public sealed class LogSearchTests(VaultFixture vault) : IClassFixture<VaultFixture>
{
    [Theory]
    [InlineData("mara@vault.test", nameof(ListProcessingLogRequest.Address))]
    [InlineData("mara", nameof(ListProcessingLogRequest.Address))]
    [InlineData("vault.test", nameof(ListProcessingLogRequest.Domain))]
    [InlineData("550", nameof(ListProcessingLogRequest.Code))]
    [InlineData("5.1.1", nameof(ListProcessingLogRequest.Code))]
    [InlineData("550 5.1.1", nameof(ListProcessingLogRequest.Code))]
    [InlineData("192.0.2.1", nameof(ListProcessingLogRequest.PeerIp))]
    [InlineData("2001:db8::1", nameof(ListProcessingLogRequest.PeerIp))]
    [InlineData("0190a1b2c3d47e5f8a9b0c1d2e3f4a5b", nameof(ListProcessingLogRequest.PassportId))]
    public void Read_Text_IsTheFilterThatItLooksLike(string text, string filter)
    {
        var read = LogSearch.Read(new ListProcessingLogRequest(vault.Admin, Text: $" {text} "));

        Assert.Null(read.Text);
        Assert.NotNull(typeof(ListProcessingLogRequest).GetProperty(filter)!.GetValue(read));
    }

    [Theory]
    [InlineData("150")]
    [InlineData("650")]
    [InlineData("5.1.1.1")]
    [InlineData("3.1.1")]
    [InlineData("550 nope")]
    public void CodesOf_NoCode_IsNone(string text) => Assert.Equal((null, null), LogSearch.CodesOf(text));
}
