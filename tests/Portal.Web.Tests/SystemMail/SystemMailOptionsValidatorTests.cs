using Portal.Web.SystemMail;

namespace Portal.Web.Tests.SystemMail;

public sealed class SystemMailOptionsValidatorTests
{
    [Fact]
    public void Validate_NothingSet_IsFine() => Assert.True(new SystemMailOptionsValidator().Validate(null, new SystemMailOptions()).Succeeded);

    [Fact]
    public void Validate_ManyFaults_NamesTheKeyOfEach()
    {
        var options = new SystemMailOptions
        {
            Host = "not a host", Port = 0, Security = "ssl3", UserName = "portal", From = "nobody", Timeout = TimeSpan.Zero, MaxAttempts = 0,
            FirstRetry = TimeSpan.FromHours(2), LongestRetry = TimeSpan.FromHours(1), CertificateAuthorityFile = "/nowhere/at/all.pem",
        };

        var faults = new SystemMailOptionsValidator().Validate(null, options).Failures!.ToList();

        foreach (var key in new[] { "Host", "Port", "Security", "UserName", "From", "Timeout", "MaxAttempts", "LongestRetry", "CertificateAuthorityFile" })
            Assert.Contains(faults, fault => fault.StartsWith($"Portal:SystemMail:{key} ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mail.example.org", false)]
    [InlineData("127.0.0.1", true)]
    public void Validate_PasswordWithoutTls_OnlyToThisMachine(string host, bool isFine)
    {
        var options = Good(host);
        options.Security = "None";

        Assert.Equal(isFine, new SystemMailOptionsValidator().Validate(null, options).Succeeded);
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite, true)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, false)]
    public void Validate_PasswordFile_IsItsOwnersAlone(UnixFileMode mode, bool isFine)
    {
        var directory = Directory.CreateTempSubdirectory("password-");
        var file = Path.Combine(directory.FullName, "password");
        File.WriteAllText(file, Guid.NewGuid().ToString());
        File.SetUnixFileMode(file, mode);
        var options = Good("mail.example.org");
        (options.Password, options.PasswordFile) = (null, file);

        Assert.Equal(isFine, new SystemMailOptionsValidator().Validate(null, options).Succeeded);
        directory.Delete(recursive: true);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(6, 32)]
    [InlineData(7, 60)]
    [InlineData(5000, 60)]
    public void RetryAfter_Attempt_DoublesUpToAnHour(int attempt, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), new SystemMailOptions().RetryAfter(attempt));

    private static SystemMailOptions Good(string host) => new()
    {
        Host = host, UserName = "portal", Password = Guid.NewGuid().ToString(), From = "portal@example.org",
    };
}
