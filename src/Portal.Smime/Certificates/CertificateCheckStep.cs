namespace Portal.Smime;

public enum CheckOutcome
{
    Passed,

    /// <summary>Allowed, but worth knowing.</summary>
    Warned,

    Refused,
}

/// <summary>One check of a certificate and what came of it.</summary>
/// <param name="Code">Stable code, see <see cref="CertificateCodes"/>; of a passed check the code that it would have been refused or warned with.</param>
/// <param name="Title">What was found, in a few words.</param>
/// <param name="Reason">Why it matters and what to do; null when passed.</param>
public sealed record CertificateCheckStep(string Code, CheckOutcome Outcome, string Title, string? Reason);

/// <summary>A certificate may be used when there is no refusal; warnings are for people.</summary>
/// <param name="Steps">Every check in the order in which it was made.</param>
public sealed record CertificateCheckResult(IReadOnlyList<CertificateCheckStep> Steps)
{
    public IReadOnlyList<CertificateFinding> Refusals => Of(CheckOutcome.Refused);

    public IReadOnlyList<CertificateFinding> Warnings => Of(CheckOutcome.Warned);

    public bool IsAccepted => Steps.All(step => step.Outcome != CheckOutcome.Refused);

    private List<CertificateFinding> Of(CheckOutcome outcome) =>
        [.. Steps.Where(step => step.Outcome == outcome).Select(step => new CertificateFinding(step.Code, step.Reason!))];
}
