using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Portal.Platform.Accounts.Passwords;

namespace Portal.Platform.Tests.Accounts.Passwords;

public sealed class PasswordWorkersTests
{
    [Fact]
    public async Task VerifyAsync_ForNoAccount_FailsAfterARealCheck()
    {
        using var workers = Create(new PlatformOptions { BcryptCost = 4 });

        Assert.Equal(PasswordVerificationResult.Failed, await workers.VerifyAsync(null, "any", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task HashAsync_MoreThanTheQueueHolds_TurnsTheRestAwayAndAnswersTheFirst()
    {
        using var workers = Create(new PlatformOptions { BcryptCost = 10, BcryptThreads = 1, BcryptQueueLength = 2 });

        var hashes = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => workers.HashAsync("any", TestContext.Current.CancellationToken)));

        Assert.Contains(hashes, hash => hash is null);
        Assert.Contains(hashes, hash => hash is not null);
    }

    [Fact]
    public async Task VerifyAsync_WithTheSuspectsLaneFull_AnswersTheCalmOne()
    {
        using var workers = Create(new PlatformOptions { BcryptCost = 8, BcryptThreads = 1, BcryptQueueLength = 2 });
        var cancel = TestContext.Current.CancellationToken;
        var suspects = Enumerable.Range(0, 40).Select(_ => workers.VerifyAsync(null, "any", cancel, isSuspect: true)).ToList();

        var calm = await workers.VerifyAsync(null, "any", cancel);

        Assert.NotNull(calm);
        var answers = await Task.WhenAll(suspects);
        Assert.Contains(answers, answer => answer is null);
        Assert.Contains(answers, answer => answer is not null);
    }

    [Fact]
    public async Task HashAsync_Cancelled_IsCancelled()
    {
        using var workers = Create(new PlatformOptions { BcryptCost = 4 });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => workers.HashAsync("any", new CancellationToken(true)));
    }

    private static PasswordWorkers Create(PlatformOptions options) =>
        new(new BcryptPasswordHasher(Options.Create(options)), Options.Create(options));
}
