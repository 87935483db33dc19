namespace Portal.Web.SystemMail;

/// <summary>How the portal's own messages leave; section <c>Portal:SystemMail</c>. Without a host they are held and shown to the admin.</summary>
public sealed class SystemMailOptions
{
    public const string Section = "Portal:SystemMail";

    /// <summary>The smart host: a mail server that takes our messages and passes them on. Null or empty: none.</summary>
    public string? Host { get; set; }

    /// <summary>Null: 587 with STARTTLS, 465 with TLS, 25 in clear.</summary>
    public int? Port { get; set; }

    /// <summary><c>StartTls</c>, <c>Tls</c> (from the first byte) or <c>None</c>.</summary>
    public string Security { get; set; } = nameof(SmartHostSecurity.StartTls);

    /// <summary>PEM file of the authorities that may have signed the smart host's certificate. Null: those that the system trusts.</summary>
    public string? CertificateAuthorityFile { get; set; }

    /// <summary>Null or empty: no sign-in.</summary>
    public string? UserName { get; set; }

    /// <summary>For the environment; elsewhere use <see cref="PasswordFile"/>.</summary>
    public string? Password { get; set; }

    /// <summary>File with the password on its one line, mode 0600; read anew for each message.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>The sender, in the header and in the envelope, as <c>Vaultbox &lt;vaultbox@example.org&gt;</c>. Null: <c>vaultbox@</c> and the host's name.</summary>
    public string? From { get; set; }

    /// <summary>For one message with the smart host, from connecting to its last reply; 1 s to 2 min.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Tries before a message is given up, if it does not expire before.</summary>
    public int MaxAttempts { get; set; } = 100;

    /// <summary>Wait after the first failed try; doubles with each further one.</summary>
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest wait between two tries.</summary>
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromHours(1);

    internal bool IsConfigured => !string.IsNullOrWhiteSpace(Host);

    internal bool SignsIn => !string.IsNullOrEmpty(UserName);

    internal SmartHostSecurity Transport => Enum.Parse<SmartHostSecurity>(Security, ignoreCase: true);

    internal int ActualPort => Port ?? Transport switch { SmartHostSecurity.Tls => 465, SmartHostSecurity.StartTls => 587, _ => 25 };

    internal TimeSpan RetryAfter(int attempt)
    {
        var doubled = FirstRetry * Math.Pow(2, Math.Clamp(attempt - 1, 0, 30));
        return doubled < LongestRetry ? doubled : LongestRetry;
    }
}

internal enum SmartHostSecurity
{
    None,
    StartTls,
    Tls,
}
