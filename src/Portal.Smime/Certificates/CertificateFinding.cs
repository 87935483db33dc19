namespace Portal.Smime;

/// <summary>A refusal or a warning about a certificate.</summary>
/// <param name="Code">Stable code, see <see cref="CertificateCodes"/>.</param>
/// <param name="Message">What is wrong, why it matters and what to do next, in plain words.</param>
public sealed record CertificateFinding(string Code, string Message);
