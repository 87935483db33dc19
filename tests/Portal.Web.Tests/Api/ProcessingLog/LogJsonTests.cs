using System.Net;
using System.Text.Json;
using Portal.Vault.ProcessingLog;
using Portal.Web.Components.Log;

namespace Portal.Web.Tests.Api.ProcessingLog;

public sealed class LogJsonTests
{
    [Fact]
    public void Line_Row_IsOneLineWithoutWhatItHasNot()
    {
        var row = new LogEntryView(
            Guid.Empty, DateTimeOffset.UnixEpoch, Guid.Empty, null, LogStages.Refused, LogOutcomes.Refused, 550, "5.1.1", "two\nlines", IPAddress.Parse("192.0.2.1"), "mx1.example.org",
            null, null, 20, "otto@example.org", "mara@vault.test", null, null, null, "test");

        var line = LogJson.Line(row);

        Assert.DoesNotContain('\n', line);
        using var json = JsonDocument.Parse(line);
        Assert.Equal(("192.0.2.1", 550), (json.RootElement.GetProperty("peerIp").GetString(), json.RootElement.GetProperty("smtpCode").GetInt32()));
        Assert.False(json.RootElement.TryGetProperty("cipher", out _));
    }
}
