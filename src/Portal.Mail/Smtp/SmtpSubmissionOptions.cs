namespace Portal.Mail.Smtp;

/// <summary>Limits and names of message submission; docs/guides/submission-options.md lists them with their replies.</summary>
public sealed class SmtpSubmissionOptions : SmtpServerOptions
{
    /// <summary>The configuration section the host binds.</summary>
    public const string Section = "Portal:Submission";

    public SmtpSubmissionOptions()
    {
        MemoryBudgetBytes = 128L * 1024 * 1024;
        MaxCommandLineBytes = 2048;
    }

    /// <summary>Failed logins before the session is ended. Default 3.</summary>
    public int MaxAuthFailures { get; set; } = 3;

    /// <summary>For development: clients on this machine's loopback addresses may sign in without TLS. Default false.</summary>
    public bool AllowClearOnLoopback { get; set; }
}
