namespace Portal.Mail.Smtp;

/// <summary>Limits and names of the SMTP intake; docs/guides/intake-options.md lists them with their replies.</summary>
public sealed class SmtpIntakeOptions : SmtpServerOptions
{
    /// <summary>The configuration section the host binds.</summary>
    public const string Section = "Portal:Intake";
}
