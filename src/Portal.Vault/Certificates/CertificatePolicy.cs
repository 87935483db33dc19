namespace Portal.Vault.Certificates;

/// <summary>How long a certificate is sealed to.</summary>
public static class CertificatePolicy
{
    /// <summary>An expired certificate is still used for this long, with warnings, before mail is held up with 451.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(30);
}
