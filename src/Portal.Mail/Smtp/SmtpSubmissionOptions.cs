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

    /// <summary>Logins without success, for whatever reason, before the session is ended. Default 3.</summary>
    public int MaxAuthFailures { get; set; } = 3;

    /// <summary>From the connection to a login; strangers hold no connection longer. Default 1 minute.</summary>
    public TimeSpan LoginTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>For development: clients on this machine's loopback addresses may sign in without TLS. Default false.</summary>
    public bool AllowClearOnLoopback { get; set; }
}
