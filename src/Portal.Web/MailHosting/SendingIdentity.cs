using System.Text;
using Portal.Mail.Backends;
using Portal.Platform.MotorBlocks;
using Portal.Vault.Submission;
using Portal.Web.MailAuthentication;

namespace Portal.Web.MailHosting;

/// <summary>In whose name a signed-in session may write: asked anew for each message, for it can change while the session lasts.</summary>
/// <param name="Refusal">Set when the credential may send nothing now.</param>
/// <param name="MayUse">For an address as <c>local@domain</c>, the domain in A-labels, in any case.</param>
internal sealed record SendingIdentity(SmtpReply? Refusal, Func<string, bool> MayUse, SmtpReply NotOwn)
{
    public static SendingIdentity Refused(SmtpReply reply) => new(reply, _ => false, reply);
}

/// <summary>A device sends as its vaultbox's own addresses, with any tag; a motor block as any address of its domain, within its hourly limit.</summary>
internal sealed class SendingIdentities(ListOwnAddresses listOwnAddresses, CheckSendingRight checkSendingRight)
{
    public async Task<SendingIdentity> FindAsync(LiveSignIn login, CancellationToken cancellationToken)
    {
        await login.EnsureAsync(cancellationToken);
        if (login.Ended.IsCancellationRequested)
            return SendingIdentity.Refused(SubmissionReplies.CredentialEnded);
        if (login.Credential.VaultboxId is { } vaultboxId)
        {
            var own = await listOwnAddresses.HandleAsync(vaultboxId, cancellationToken);
            return new SendingIdentity(null, address => Ascii.IsValid(address) && own.Contains(address), SubmissionReplies.SenderNotOwn);
        }

        var right = await checkSendingRight.HandleAsync(login.Credential.Id, cancellationToken);
        return right.Status switch
        {
            SendingRightStatus.Granted => new SendingIdentity(null, address => IsOf(right.Domain, address), SubmissionReplies.OtherDomain(right.Domain)),
            SendingRightStatus.LimitReached => SendingIdentity.Refused(SubmissionReplies.LimitReached(right.LimitPerHour, right.Used, right.FreeAt)),
            SendingRightStatus.DomainNotVerified => SendingIdentity.Refused(SubmissionReplies.DomainNotVerified(right.Domain)),
            _ => SendingIdentity.Refused(SubmissionReplies.CredentialEnded),
        };
    }

    /// <summary>No quoted local part: what stands in quotes can look like an address of somebody else.</summary>
    private static bool IsOf(string? domain, string address)
    {
        var at = address.LastIndexOf('@');
        return at > 0 && domain is not null && Ascii.IsValid(address) && !address.Contains('"', StringComparison.Ordinal)
            && address.AsSpan(at + 1).Equals(domain, StringComparison.OrdinalIgnoreCase);
    }
}
