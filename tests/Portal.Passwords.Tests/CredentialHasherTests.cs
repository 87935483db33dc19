using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Portal.Passwords.Tests;

public sealed class CredentialHasherTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task VerifyAsync_OfItsHash_TellsRightFromWrong()
    {
        using var hasher = Create(new CredentialHashOptions { BcryptCost = 4 });
        var password = GeneratedPassword.Create();

        var hash = await hasher.HashAsync(password, Cancel);

        Assert.StartsWith("$2a$04$", hash, StringComparison.Ordinal);
        Assert.True(await hasher.VerifyAsync(hash, password.Text, isSuspect: false, Cancel));
        Assert.False(await hasher.VerifyAsync(hash, GeneratedPassword.Create().Text, isSuspect: false, Cancel));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(CredentialHash.None)]
    [InlineData("$2a$99$short")]
    public async Task VerifyAsync_OfNoHash_IsFalse(string? hash)
    {
        using var hasher = Create(new CredentialHashOptions { BcryptCost = 4 });

        Assert.False(await hasher.VerifyAsync(hash, "any", isSuspect: false, Cancel));
    }

    [Fact]
    public async Task VerifyAsync_MoreThanTheQueueHolds_IsNullForTheRest()
    {
        using var hasher = Create(new CredentialHashOptions { BcryptCost = 10, BcryptThreads = 1, BcryptQueueLength = 2 });

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => hasher.VerifyAsync(null, "any", isSuspect: false, Cancel)));

        Assert.Contains(answers, answer => answer is null);
        Assert.Contains(answers, answer => answer is false);
    }

    [Fact]
    public void Options_OutOfRange_AreAllNamed()
    {
        var services = new ServiceCollection().AddCredentialPasswords();
        services.Configure<CredentialHashOptions>(options => (options.BcryptCost, options.BcryptThreads, options.BcryptQueueLength) = (3, -1, 0));
        using var provider = services.BuildServiceProvider();

        var fault = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<CredentialHasher>());

        Assert.Equal(3, fault.Failures.Count());
        Assert.All(fault.Failures, text => Assert.StartsWith("Portal:Credentials:Bcrypt", text, StringComparison.Ordinal));
    }

    private static CredentialHasher Create(CredentialHashOptions options) => new(Options.Create(options));
}
