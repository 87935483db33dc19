using System.Reflection;
using Portal.Mail.DovecotAuth;
using Portal.Mail.Smtp;
using Portal.Mail.Smtp.Replies;

namespace Portal.Mail.Tests.Smtp;

public sealed class SmtpSubmissionOptionsValidatorTests
{
    private readonly SmtpSubmissionOptionsValidator _validator = new();

    [Fact]
    public void Validate_Defaults_AreFine() => Assert.True(_validator.Validate(null, new SmtpSubmissionOptions()).Succeeded);

    [Fact]
    public void Validate_ManyFaults_AreReportedTogetherByKey()
    {
        var options = new SmtpSubmissionOptions
        {
            HostName = "two words",
            MaxCommandLineBytes = 1_064,
            MemoryBudgetBytes = 1,
            MaxConnectionsPerPeer = 0,
            MaxAuthFailures = 0,
            LoginTimeout = TimeSpan.FromDays(2),
            TlsTimeout = TimeSpan.Zero,
        };

        var faults = _validator.Validate(null, options).Failures!.ToList();

        Assert.Equal(7, faults.Count);
        foreach (var key in new[] { "HostName", "MaxCommandLineBytes", "MemoryBudgetBytes", "MaxConnectionsPerPeer", "MaxAuthFailures", "LoginTimeout", "TlsTimeout" })
            Assert.Single(faults, fault => fault.StartsWith($"Portal:Submission:{key} ", StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_EveryOptionAndReason_IsInTheGuide()
    {
        var guide = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "guides", "submission-options.md"));

        foreach (var option in typeof(SmtpSubmissionOptions).GetProperties().Concat(typeof(DovecotAuthOptions).GetProperties()))
            Assert.Contains($"`{option.Name}`", guide, StringComparison.Ordinal);
        foreach (var refusal in typeof(SubmissionRefusals).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (Refusal)f.GetValue(null)!))
            Assert.Contains($"`{refusal.Reason}` | {(refusal.Reason == "disconnected_in_auth" ? "none" : refusal.Reply.Code + " " + refusal.Reply.Enhanced + " " + refusal.Reply.Text)}", guide, StringComparison.Ordinal);
    }

    [Fact]
    public void Refusals_Codes_AreOfOneClassWithAReasonOfTheirOwn()
    {
        var all = new[] { typeof(Refusals), typeof(SubmissionRefusals) }
            .SelectMany(type => type.GetFields()).Select(f => (Refusal)f.GetValue(null)!).ToList();

        Assert.All(all, refusal => Assert.Equal(refusal.Reply.Code / 100, refusal.Reply.Enhanced?.Class));
        Assert.Equal(all.Count, all.Select(r => r.Reason).Distinct(StringComparer.Ordinal).Count());
    }

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Portal.sln")))
            directory = directory.Parent;
        return directory.FullName;
    }
}
