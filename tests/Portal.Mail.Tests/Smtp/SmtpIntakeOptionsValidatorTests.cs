using Portal.Mail.Smtp;

namespace Portal.Mail.Tests.Smtp;

public sealed class SmtpIntakeOptionsValidatorTests
{
    private readonly SmtpIntakeOptionsValidator _validator = new();

    [Fact]
    public void Validate_Defaults_AreFine() => Assert.True(_validator.Validate(null, new SmtpIntakeOptions()).Succeeded);

    [Fact]
    public void Validate_ManyFaults_AreReportedTogetherByKey()
    {
        var options = new SmtpIntakeOptions
        {
            HostName = "two words",
            MaxCommandLineBytes = 100,
            MaxRecipients = 1,
            CommandTimeout = TimeSpan.Zero,
            SessionTimeout = TimeSpan.FromDays(60),
        };

        var faults = _validator.Validate(null, options).Failures!.ToList();

        Assert.Equal(5, faults.Count);
        foreach (var key in new[] { "HostName", "MaxCommandLineBytes", "MaxRecipients", "CommandTimeout", "SessionTimeout" })
            Assert.Single(faults, fault => fault.StartsWith($"Portal:Intake:{key} ", StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_BudgetBelowOneMessage_IsAFault()
    {
        var options = new SmtpIntakeOptions { MaxMessageBytes = 1_000_000, MemoryBudgetBytes = 1_000_000 };

        Assert.Contains("Portal:Intake:MemoryBudgetBytes", Assert.Single(_validator.Validate(null, options).Failures!), StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_EveryOption_IsInTheGuide()
    {
        var guide = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "guides", "intake-options.md"));

        foreach (var option in typeof(SmtpIntakeOptions).GetProperties())
            Assert.Contains($"`{option.Name}`", guide, StringComparison.Ordinal);
        foreach (var reason in typeof(Mail.Smtp.Replies.Refusals).GetFields().Select(f => ((Mail.Smtp.Replies.Refusal)f.GetValue(null)!).Reason))
            Assert.Contains($"`{reason}`", guide, StringComparison.Ordinal);
    }

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Portal.sln")))
            directory = directory.Parent;
        return directory.FullName;
    }
}
