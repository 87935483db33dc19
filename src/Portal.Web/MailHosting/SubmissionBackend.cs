using System.Buffers;
using System.Data.Common;
using Portal.Mail.Backends;
using Portal.Passwords;
using Portal.Platform.MotorBlocks;
using Portal.Smime;
using Portal.Vault.Intake;
using Portal.Web.MailAuthentication;

namespace Portal.Web.MailHosting;

/// <summary>
/// What the submission server asks: who signs in, in whose name they may write, and where the message goes. Our own addresses get it
/// sealed, like any mail. Our own trouble is always 4xx.
/// </summary>
internal sealed class SubmissionBackend(
    MailAuthenticator authenticator,
    LiveSignIns live,
    SendingIdentities identities,
    TakeSendingAllowance takeAllowance,
    GiveBackSendingAllowance giveBackAllowance,
    ResolveRecipient resolveRecipient,
    DeliverMessage deliverMessage,
    SubmissionLog log,
    TimeProvider time) : ISubmissionBackend
{
    public async ValueTask<LoginDecision> AuthenticateAsync(SmtpPeer peer, SaslCredentials credentials, CancellationToken cancellationToken)
    {
        var attempt = new SignInAttempt(credentials.Username, CredentialProtocol.Smtp, peer.Address, peer.HeloName);
        var result = await authenticator.SignInAsync(attempt, credentials.Password.Reveal(), cancellationToken);
        if (result.Verdict != SignInVerdict.Accepted)
        {
            var refusal = SubmissionReplies.Of(result.Verdict) with { PrivateCause = result.Verdict.ToString() };
            log.SignInTurnedAway(peer, result, attempt.Name, refusal);
            return new LoginDecision(refusal, null);
        }

        var login = live.Open(result, attempt);
        return new LoginDecision(SubmissionReplies.SignedIn, new AuthenticatedLogin(login.Credential.Username, login, login.Ended, login));
    }

    public async ValueTask<SmtpReply> AcceptSenderAsync(SmtpPeer peer, MailSender sender, CancellationToken cancellationToken)
    {
        SmtpReply reply;
        try
        {
            var identity = await identities.FindAsync(LoginOf(peer), cancellationToken);
            // The null sender is for notices that must not be answered; the message's own From is checked in any case.
            reply = identity.Refusal ?? (sender.Address.Length == 0 || identity.MayUse(sender.Address) ? SubmissionReplies.SenderOk : identity.NotOwn);
        }
        catch (Exception fault) when (IsTrouble(fault))
        {
            reply = SubmissionReplies.TryLater with { PrivateCause = fault.GetType().Name };
        }

        if (!reply.IsPositive)
            log.SenderTurnedAway(peer, sender, reply);
        return reply;
    }

    public async ValueTask<RecipientDecision> AcceptRecipientAsync(
        SmtpPeer peer, MailSender sender, RecipientAddress recipient, CancellationToken cancellationToken)
    {
        SmtpReply reply;
        IntakeRecipient? found = null;
        try
        {
            var resolution = await resolveRecipient.HandleAsync(recipient.LocalPart, recipient.Domain, cancellationToken);
            found = resolution.Recipient;
            reply = resolution is { Status: RecipientStatus.Unknown, DomainIsLocal: false }
                ? SubmissionReplies.NotYetOutbound
                : IntakeReplies.Of(resolution).Reply;
        }
        catch (Exception fault) when (IsTrouble(fault))
        {
            reply = IntakeReplies.DatabaseAway with { PrivateCause = fault.GetType().Name };
        }

        if (reply.IsPositive)
            return new RecipientDecision(reply, found);
        log.RecipientTurnedAway(peer, sender, $"{recipient.LocalPart}@{recipient.Domain}", reply);
        return new RecipientDecision(reply, null);
    }

    public async ValueTask<SmtpReply> DeliverAsync(MailTransaction transaction, ReadOnlySequence<byte> content, CancellationToken cancellationToken)
    {
        var login = LoginOf(transaction.Peer);
        var passportId = Guid.CreateVersion7();
        SmtpReply reply;
        try
        {
            reply = await SendAsync(transaction, login, content, passportId, cancellationToken);
        }
        catch (Exception fault) when (IsTrouble(fault))
        {
            reply = SubmissionReplies.TryLater with { PrivateCause = fault.GetType().Name };
        }

        log.Submitted(transaction, passportId, content.Length, reply);
        return reply;
    }

    public void Observe(SmtpObservation observation) => log.Observed(observation);

    private async Task<SmtpReply> SendAsync(
        MailTransaction transaction, LiveSignIn login, ReadOnlySequence<byte> content, Guid passportId, CancellationToken cancellationToken)
    {
        var identity = await identities.FindAsync(login, cancellationToken);
        if (identity.Refusal is { } refusal)
            return refusal;
        using var message = SubmittedMessage.Prepare(content, new SubmissionRules(identity.MayUse, time.GetUtcNow()), out var fault);
        if (message is null)
            return SubmissionReplies.Of(fault);
        if (login.Credential.VaultboxId is not null)
            return await DeliverAsync(transaction, message, content, passportId, cancellationToken);

        var allowance = await takeAllowance.HandleAsync(login.Credential.Id, cancellationToken);
        if (!allowance.Granted)
            return allowance.LimitPerHour == 0 ? SubmissionReplies.CredentialEnded : SubmissionReplies.LimitReached(allowance.LimitPerHour, allowance.Used, allowance.FreeAt);
        var isTaken = false;
        try
        {
            var reply = await DeliverAsync(transaction, message, content, passportId, cancellationToken);
            isTaken = reply.IsPositive;
            return reply;
        }
        finally
        {
            if (!isTaken)
                await giveBackAllowance.HandleAsync(login.Credential.Id, allowance.Minute, CancellationToken.None);
        }
    }

    private async Task<SmtpReply> DeliverAsync(
        MailTransaction transaction, SubmittedMessage message, ReadOnlySequence<byte> content, Guid passportId, CancellationToken cancellationToken)
    {
        var peer = transaction.Peer;
        var envelope = new IntakeEnvelope(
            new IntakePeer(peer.Address, peer.HeloName, peer.IsEsmtp, peer.TlsProtocol) { IsAuthenticated = true },
            transaction.Sender.Address,
            [.. transaction.Recipients.Select(recipient => (IntakeRecipient)recipient.Tag!)],
            message.Content,
            passportId)
        {
            // A Date that we add is another at each try; a Message-ID that we add makes each try a message of its own.
            Identity = message.HadMessageId ? content : message.Content,
        };
        var result = await deliverMessage.HandleAsync(envelope, cancellationToken);
        return IntakeReplies.Of(result, passportId);
    }

    private static LiveSignIn LoginOf(SmtpPeer peer) => (LiveSignIn)peer.Login!.Tag!;

    private static bool IsTrouble(Exception fault) => fault is DbException or TimeoutException or IOException or InvalidOperationException;
}
