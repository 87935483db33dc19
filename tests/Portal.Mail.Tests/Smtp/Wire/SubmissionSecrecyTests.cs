using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Portal.Mail.Backends;
using Portal.Mail.Smtp;
using Portal.Mail.Tests.Support;

namespace Portal.Mail.Tests.Smtp.Wire;

public sealed class SubmissionSecrecyTests
{
    [Fact]
    public async Task Password_WhateverBecomesOfIt_IsInNoLogObservationOrMetric()
    {
        await using var server = await SubmissionServer.StartAsync(o => o.MaxAuthFailures = 10);
        using var metrics = new RecordedMetrics(server.Services.GetRequiredService<IMeterFactory>(), SmtpMetrics.SubmissionMeterName);
        var observed = new List<string>();
        server.Backend.OnObserve = o => observed.Add(o.ToString());
        var (plain, password) = (server.Plain(), SubmissionServer.Base64(server.Backend.Password));

        var clear = await server.ConnectAsync();
        await clear.SayAsync($"AUTH PLAIN {plain}", "530 ");
        var client = await server.ConnectSecurelyAsync();
        await client.SayAsync($"AUTH PLAIN {plain}x", "501 ");
        await client.SayAsync($"AUTH {password}", "504 ");
        await client.SayAsync($"AUTH LOGIN {SubmissionServer.Base64("somebody")}", "334 ");
        await client.SayAsync(password, "535 ");
        server.Backend.OnLogin = (credentials, _) => throw new InvalidOperationException($"{credentials} {credentials.Password.Reveal()}");
        await client.SayAsync($"AUTH PLAIN {plain}", "454 ");
        server.Backend.OnLogin = null;
        await client.SayAsync($"AUTH PLAIN {plain}", "235 ");
        await client.StartDataAsync();
        await client.SayAsync(".", "250 ");
        await client.SayAsync("WHAT", "500 ");
        metrics.ReadGauges();

        foreach (var text in server.Log.Lines.Concat(observed))
        {
            Assert.DoesNotContain(server.Backend.Password, text, StringComparison.Ordinal);
            Assert.DoesNotContain(plain, text, StringComparison.Ordinal);
            Assert.DoesNotContain(password, text, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains(server.Log.Lines, line => line.StartsWith("1110 ", StringComparison.Ordinal));
        Assert.Equal(["AUTH", "EHLO", "AUTH", "AUTH", "AUTH", "AUTH", "EHLO", "MAIL", "RCPT", "DATA"], metrics.Of("portal.submission.commands").Select(m => m.Tag));
        Assert.Equal(["authenticate", "authenticate", "authenticate", "sender", "recipient", "deliver"], metrics.Of("portal.submission.backend.duration").Select(m => m.Tag));
        Assert.Equal(128 * 1024 * 1024, Assert.Single(metrics.Of("portal.submission.memory.budget")).Value);
    }

    [Fact]
    public async Task Password_AfterTheCall_IsGone()
    {
        await using var server = await SubmissionServer.StartAsync();
        var client = await server.ConnectSecurelyAsync();

        await client.SayAsync($"AUTH PLAIN {server.Plain("wrong")}", "535 ");
        await client.SayAsync($"AUTH PLAIN {server.Plain()}", "235 ");

        Assert.Equal(2, server.Backend.Logins.Count);
        Assert.All(server.Backend.Logins, login => Assert.Throws<ObjectDisposedException>(() => login.Credentials.Password.Reveal()));
    }

    [Fact]
    public async Task Username_OfARefusedLogin_IsInNoObservation()
    {
        await using var server = await SubmissionServer.StartAsync();
        var client = await server.ConnectSecurelyAsync();

        await client.SayAsync($"AUTH PLAIN {SubmissionServer.Base64("\0canary\0x")}", "535 ");

        var refusal = Assert.Single(server.Backend.Refusals);
        Assert.Equal(("auth_failed", "AUTH"), (refusal.Reason, refusal.Command));
        Assert.DoesNotContain("canary", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Observation_OfASignedInSession_SaysWhoItIs()
    {
        await using var server = await SubmissionServer.StartAsync();
        var client = await server.SignInAsync();

        await client.SayAsync("WHAT", "500 ");

        Assert.Equal(SubmissionBackend.Username, Assert.Single(server.Backend.Refusals, o => o.Kind == SmtpObservationKind.Refused).Peer.Login?.Username);
    }
}
