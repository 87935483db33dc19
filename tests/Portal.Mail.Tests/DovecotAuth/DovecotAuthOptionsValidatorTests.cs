using Portal.Mail.DovecotAuth;

namespace Portal.Mail.Tests.DovecotAuth;

public sealed class DovecotAuthOptionsValidatorTests
{
    private readonly DovecotAuthOptionsValidator _validator = new();

    [Fact]
    public void Validate_Defaults_AreFine() => Assert.True(_validator.Validate(null, new DovecotAuthOptions()).Succeeded);

    [Fact]
    public void Validate_EveryFault_IsReportedByKey()
    {
        var options = new DovecotAuthOptions
        {
            MaxConnections = 0,
            MaxRequestsPerConnection = 0,
            MaxLineBytes = 100,
            HandshakeTimeout = TimeSpan.Zero,
            BackendTimeout = TimeSpan.FromDays(60),
        };

        var faults = _validator.Validate(null, options).Failures!.ToList();

        Assert.Equal(typeof(DovecotAuthOptions).GetProperties().Length, faults.Count);
        foreach (var option in typeof(DovecotAuthOptions).GetProperties())
            Assert.Single(faults, fault => fault.StartsWith($"Portal:DovecotAuth:{option.Name} ", StringComparison.Ordinal));
    }
}
