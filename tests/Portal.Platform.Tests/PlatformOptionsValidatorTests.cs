namespace Portal.Platform.Tests;

public sealed class PlatformOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_Succeeds() =>
        Assert.True(new PlatformOptionsValidator().Validate(null, new PlatformOptions()).Succeeded);

    [Fact]
    public void Validate_TwoFaults_NamesBothKeys()
    {
        var options = new PlatformOptions { BcryptCost = 3, CredentialCacheLifetime = TimeSpan.FromMinutes(1) };

        var result = new PlatformOptionsValidator().Validate(null, options);

        Assert.Collection(
            result.Failures!,
            fault => Assert.Contains("Portal:Platform:BcryptCost", fault, StringComparison.Ordinal),
            fault => Assert.Contains("Portal:Platform:CredentialCacheLifetime", fault, StringComparison.Ordinal));
    }
}
