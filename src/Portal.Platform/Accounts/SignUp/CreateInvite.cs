using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Audit;
using Portal.Platform.Accounts.Links;
using Portal.Platform.Audit;
using Portal.Platform.SystemMail;

namespace Portal.Platform.Accounts.SignUp;

public sealed record CreateInviteRequest(string? Email, Role Role);

/// <param name="Link">Shown once, to hand over by other means; it was mailed too. The database keeps its token's hash.</param>
public sealed record CreatedInvite(Guid Id, string Email, Role Role, Uri Link, DateTimeOffset ExpiresAt);

/// <summary>An admin invites somebody to make an account for one address. A new invitation to the address ends the older one.</summary>
public sealed class CreateInvite(
    IDbContextFactory<PlatformContext> contexts, MailToPeople mails, IOptionsMonitor<SignUpOptions> signUp, IOptionsMonitor<PlatformOptions> options, TimeProvider time)
{
    private static readonly Failure Off = new("sign_up_off", "Invitations are off: Portal:SignUp:Mode is Off.");
    private static readonly Failure RoleUnknown = new("role_unknown", "Choose one of the roles.");
    private static readonly Failure TooMany = new("too_many_attempts", "This address was invited too often in an hour. Try again later.");

    public async Task<Outcome<CreatedInvite>> HandleAsync(Actor actor, CreateInviteRequest request, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        var now = time.GetUtcNow();
        // An invitation to a role is a role given.
        if (request.Role != Role.User && !actor.IsFresh(now))
            return AccountFailures.StepUpRequired;
        if (signUp.CurrentValue.Mode == SignUpMode.Off)
            return Off;
        if (!Enum.IsDefined(request.Role))
            return RoleUnknown;
        if (!EmailAddress.TryNormalise(request.Email, out var email))
            return AddUser.EmailInvalid;

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await context.Users.AnyAsync(user => user.Email == email && user.EmailConfirmed, cancellationToken))
            return AddUser.EmailTaken;
        var life = options.CurrentValue.InviteLifetime;
        var token = OneTimeToken.Create();
        var mail = AccountMails.Invite(email, token, life);
        if (!await mails.AddAsync(context, mail, cancellationToken))
            return TooMany;
        await context.LiveLinks(AccountLinkKind.Invite, now).Where(link => link.Email == email)
            .ExecuteUpdateAsync(link => link.SetProperty(l => l.RevokedAt, now), cancellationToken);
        var invite = new AccountLink
        {
            Id = Guid.CreateVersion7(now),
            Kind = AccountLinkKind.Invite,
            TokenHash = OneTimeToken.Hash(token),
            Email = email,
            Role = request.Role,
            CreatedBy = actor.UserId == Guid.Empty ? null : actor.UserId,
            CreatedAt = now,
            ExpiresAt = now + life,
        };
        context.AccountLinks.Add(invite);
        // Whom it is for is nobody's to erase yet: the list of invitations says it for as long as it is kept.
        context.Audit(actor, Acts.InviteCreated, AuditTarget.Of(AuditTarget.InviteKind, invite.Id, null), now, new AuditDetail().Fact("role", request.Role));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new CreatedInvite(invite.Id, email, request.Role, new Uri(options.CurrentValue.PublicUrl, mail.Action!.Path), invite.ExpiresAt);
    }
}
