using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts;

namespace Portal.Platform.Audit;

public static class AuditActors
{
    /// <inheritdoc cref="AuditOutbox.Audit(DbContext, AuditBy, string, AuditTarget, DateTimeOffset, AuditDetail?)"/>
    public static void Audit(
        this PlatformContext context, Actor actor, string act, AuditTarget target, DateTimeOffset now, AuditDetail? detail = null) =>
        context.Audit(actor.ForAudit(), act, target, now, detail);

    public static AuditBy ForAudit(this Actor actor) => actor switch
    {
        { UserId: var id } when id == Guid.Empty => AuditBy.Operator,
        { SessionId: { } session, Support: { } view } => new AuditBy(ActorKinds.Person, view.SupporterId, OnBehalfOf: actor.UserId, actor.By(session)),
        { SessionId: { } session } => new AuditBy(ActorKinds.Person, actor.UserId, From: actor.By(session)),
        _ => new AuditBy(ActorKinds.Token, actor.UserId, From: actor.From),
    };

    private static ActedFrom By(this Actor actor, Guid session) =>
        (actor.From ?? new ActedFrom(null, null, null)) with { Credential = ActedFrom.SessionName(session) };
}
