using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Portal.Mail.Smtp;
using Portal.Mail.Tests.Support;

namespace Portal.Mail.Tests.Smtp.Wire;

public sealed class MetricsTests
{
    [Fact]
    public async Task Session_WholeMessage_IsCountedAndMeasured()
    {
        await using var server = await IntakeServer.StartAsync();
        using var metrics = new RecordedMetrics(server.Services.GetRequiredService<IMeterFactory>(), SmtpMetrics.MeterName);
        var client = await server.ConnectAsync();

        await client.SayAsync("WHAT", "500 ");
        await client.StartDataAsync();
        await client.SayAsync("12345\r\n.", "250 ");
        metrics.ReadGauges();

        Assert.Equal((1, "Admitted"), Assert.Single(metrics.Of("portal.smtp.connections")));
        Assert.Equal((1, "command_unknown"), Assert.Single(metrics.Of("portal.smtp.refusals")));
        Assert.Equal("EHLO MAIL RCPT DATA", string.Join(' ', metrics.Of("portal.smtp.commands").Select(m => m.Tag)));
        Assert.Equal(7, Assert.Single(metrics.Of("portal.smtp.message.size")).Value);
        Assert.Equal("recipient deliver", string.Join(' ', metrics.Of("portal.smtp.backend.duration").Select(m => m.Tag)));
        Assert.Equal(1, Assert.Single(metrics.Of("portal.smtp.connections.open")).Value);
        Assert.Equal(0, Assert.Single(metrics.Of("portal.smtp.memory.held")).Value);
        Assert.Equal(256 * 1024 * 1024, Assert.Single(metrics.Of("portal.smtp.memory.budget")).Value);
    }
}
