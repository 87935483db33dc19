using Portal.Passwords;
using Portal.Platform.Accounts;
using Portal.Platform.MotorBlocks;
using static Portal.Web.Tests.Authorisation.Row;
using static Portal.Web.Tests.Authorisation.Rule;

namespace Portal.Web.Tests.Authorisation;

internal static partial class AuthorisationTable
{
    private static IEnumerable<Row> MotorBlockUseCases() =>
    [
        Of(Self, (ListMotorBlocks u, Asker a) => u.HandleAsync(a.Actor, new ListMotorBlocksRequest(), a.Cancel)),
        Of(Self.WithStepUp(), (CreateMotorBlock u, Asker a) => u.HandleAsync(a.Actor, new CreateMotorBlockRequest(null, "nobodys.test"), a.Cancel), "domain_unknown"),
        Of(Own, (GetMotorBlock u, Asker a, Guid id) => u.HandleAsync(a.Actor, id, a.Cancel), OfMotorBlock),
        Of(Own, (GetMotorBlockUsage u, Asker a, Guid id) => u.HandleAsync(a.Actor, id, a.Cancel), OfMotorBlock),
        Of(Own.WithStepUp(), (UpdateMotorBlock u, Asker a, Guid id) => u.HandleAsync(a.Actor, new UpdateMotorBlockRequest(id, RateLimitPerHour: 5), a.Cancel), OfMotorBlock),
        Of(Own.WithStepUp(), (RotateMotorBlock u, Asker a, Guid id) => u.HandleAsync(a.Actor, new RotateMotorBlockRequest(id, 0), a.Cancel), OfMotorBlock),
        Of(Own.WithStepUp(), (UndoMotorBlockRotation u, Asker a, Guid id) => u.HandleAsync(a.Actor, id, a.Cancel), OfMotorBlock, "nothing_to_undo"),
        Of(Own, (RevokeMotorBlock u, Asker a, Guid id) => u.HandleAsync(a.Actor, id, a.Cancel), OfMotorBlock),
        Inside<CheckSendingRight>("The submission server asks for the motor block that has proved itself to it."),
        Inside<TakeSendingAllowance>("The submission server counts for the motor block that has proved itself to it."),
        Inside<GiveBackSendingAllowance>("The submission server gives back what it counted itself."),
        Inside<PurgeMotorBlocks>("The delivery service removes what is past its time, as the operator; refuses whoever may not administer."),
        Inside<ListSuspendedUsers>("The portal mirrors the ids into the vault, where credentials of those accounts are refused; shows them to nobody."),
    ];

    private static IEnumerable<Row> MotorBlockEndpoints() =>
    [
        At("GET /api/v1/motor-blocks", Self),
        At("POST /api/v1/motor-blocks", Self.WithStepUp(), body: _ => new { domain = "nobodys.test" }, passes: "domain_unknown"),
        At("GET /api/v1/motor-blocks/{id:guid}", Own, OfMotorBlock),
        At("PATCH /api/v1/motor-blocks/{id:guid}", Own.WithStepUp(), OfMotorBlock, _ => new { rateLimitPerHour = 5 }),
        At("DELETE /api/v1/motor-blocks/{id:guid}", Own, OfMotorBlock),
        At("POST /api/v1/motor-blocks/{id:guid}/rotate", Own.WithStepUp(), OfMotorBlock, _ => new { overlapMinutes = 0 }),
        At("POST /api/v1/motor-blocks/{id:guid}/undo-rotation", Own.WithStepUp(), OfMotorBlock, passes: "nothing_to_undo"),
        At("GET /api/v1/motor-blocks/{id:guid}/usage", Own, OfMotorBlock),
    ];

    /// <summary>A motor block of the owner's, for a domain that is nobody's yet.</summary>
    private static async Task<Guid> OfMotorBlock(Asker asker)
    {
        await using var context = await asker.World.PlatformContextAsync();
        var block = new MotorBlock
        {
            Id = Guid.CreateVersion7(),
            UserId = asker.Owner.Id,
            Username = GeneratedName.For("motor", "nobodys.test"),
            PasswordHash = CredentialHash.None,
            PasswordId = Guid.NewGuid(),
            Domain = "nobodys.test",
        };
        context.Add(block);
        await context.SaveChangesAsync(asker.Cancel);
        return asker.Id(block.Id);
    }
}
