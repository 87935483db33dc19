using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Passwords;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Sessions;

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

    /// <summary>Who signs in with this session, or out of it.</summary>
    internal static AuditBy ForAudit(this Session session) => new(
        ActorKinds.Person, session.UserId,
        From: new ActedFrom(PeerNetwork.Of(session.Ip), session.UserAgent is { } agent ? DeviceName.Of(agent) : null, ActedFrom.SessionName(session.Id)));

    /// <summary>Whoever holds a link that was mailed to the account.</summary>
    internal static AuditBy ByLink(Guid userId, IPAddress? ip) => new(ActorKinds.Link, userId, From: new ActedFrom(PeerNetwork.Of(ip), null, null));

    private static ActedFrom By(this Actor actor, Guid session) =>
        (actor.From ?? new ActedFrom(null, null, null)) with { Credential = ActedFrom.SessionName(session) };
}
