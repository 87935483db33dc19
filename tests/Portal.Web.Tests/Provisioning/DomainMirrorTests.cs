using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Platform.Accounts;
using Portal.Platform.Domains;
using Portal.Testing;
using Portal.Vault.Domains;
using Portal.Vault.Intake;
using Portal.Web.MailHosting;
using Portal.Web.Provisioning;
using Portal.Web.Tests.SystemMail;

namespace Portal.Web.Tests.Provisioning;

public sealed class DomainMirrorTests(PostgresCluster cluster) : SystemMailTest(cluster)
{
    [Fact]
    public async Task Execute_DomainWithoutAnAddress_IsNoRelayFromThenOnAlsoWithThePlatformAway()
    {
        var portal = Instance();
        await portal.GetRequiredService<AddUser>().HandleAsync(Actor.Operator, new AddUserRequest("mara@people.test", Role.User, RandomNumberGenerator.GetHexString(32)), Cancel);
        foreach (var (domain, isVerified) in new[] { ("empty.test", true), ("claimed.test", false) })
            Assert.True((await portal.GetRequiredService<AddDomain>().HandleAsync(Actor.Operator, new AddDomainRequest(domain, "mara@people.test", isVerified, false), Cancel)).Succeeded);
        Assert.Equal(IntakeReplies.NotARelay, await ReplyAsync(portal, "empty.test"));
        var logger = new Heard();
        using var mirror = Mirror(portal, logger);

        await mirror.StartAsync(Cancel);
        await logger.First.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        await mirror.StopAsync(Cancel);
        await Platform.GoDownAsync();

        Assert.Equal(IntakeReplies.UnknownRecipient, await ReplyAsync(portal, "empty.test"));
        Assert.Equal(IntakeReplies.NotARelay, await ReplyAsync(portal, "claimed.test"));
        await Platform.GoUpAsync();
    }

    [Fact]
    public async Task Execute_WithoutThePlatform_KeepsWhatWasKnownSaysSoAndStays()
    {
        var portal = Instance();
        await Vault.ExecuteAsync("INSERT INTO mail_domains (domain, shared) VALUES ('known.test', true)");
        var logger = new Heard();
        using var mirror = Mirror(portal, logger);
        await Platform.GoDownAsync();

        await mirror.StartAsync(Cancel);
        var said = await logger.First.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        Assert.Contains("tried again", said, StringComparison.Ordinal);
        Assert.False(mirror.ExecuteTask!.IsCompleted);
        Assert.Equal(1L, await Vault.ScalarAsync<long>("SELECT count(*) FROM mail_domains"));
        await mirror.StopAsync(Cancel);
        await Platform.GoUpAsync();
    }

    private DomainMirror Mirror(IServiceProvider portal, ILogger<DomainMirror> logger) =>
        new(portal.GetRequiredService<ListVerifiedDomains>(), portal.GetRequiredService<MirrorMailDomains>(), Time, logger);

    private static async Task<Portal.Mail.Backends.SmtpReply> ReplyAsync(IServiceProvider portal, string domain) =>
        IntakeReplies.Of(await portal.GetRequiredService<ResolveRecipient>().HandleAsync("nobody", domain, Cancel)).Reply;

    /// <summary>Keeps the first line.</summary>
    private sealed class Heard : ILogger<DomainMirror>
    {
        public TaskCompletionSource<string> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            First.TrySetResult(formatter(state, exception));
    }
}
