using System.Security.Claims;
using Portal.Platform.MotorBlocks;
using Portal.Web.Identity;

namespace Portal.Web.Api.MotorBlocks;

internal static class MotorBlockEndpoints
{
    private const string Path = "/motor-blocks";

    public static void MapMotorBlocks(this RouteGroupBuilder api)
    {
        api.MapGet(Path, ListAsync);
        api.MapPost(Path, CreateAsync);
        api.MapGet(Path + "/{id:guid}", GetAsync);
        api.MapPatch(Path + "/{id:guid}", UpdateAsync);
        api.MapDelete(Path + "/{id:guid}", RevokeAsync);
        api.MapPost(Path + "/{id:guid}/rotate", RotateAsync);
        api.MapPost(Path + "/{id:guid}/undo-rotation", UndoRotationAsync);
        api.MapGet(Path + "/{id:guid}/usage", GetUsageAsync);
    }

    private static async Task<IResult> ListAsync(
        ClaimsPrincipal user, ListMotorBlocks list, SubmissionServer server, string? after, CancellationToken cancellationToken, int limit = 50)
    {
        var listed = await list.HandleAsync(user.GetActor(), new ListMotorBlocksRequest(limit, after), cancellationToken);
        return listed.Succeeded
            ? TypedResults.Ok(new { items = listed.Value.Items.Select(block => ShownMotorBlock.Of(block, server)), listed.Value.Next })
            : Problems.Of(listed.Failure);
    }

    /// <summary>201 with the password: the only time that it is told.</summary>
    private static async Task<IResult> CreateAsync(
        NewMotorBlock body, ClaimsPrincipal user, CreateMotorBlock create, SubmissionServer server, CancellationToken cancellationToken)
    {
        var request = new CreateMotorBlockRequest(body.Label, body.Domain, body.RateLimitPerHour, body.AllowedNetworks, body.ExpiresAt);
        var created = await create.HandleAsync(user.GetActor(), request, cancellationToken);
        return created.Succeeded
            ? TypedResults.Created(
                $"{ApiRoutes.Root}{Path}/{created.Value.Block.Id}",
                ShownMotorBlock.Of(created.Value.Block, server) with { Password = created.Value.Password.Text })
            : Problems.Of(created.Failure);
    }

    private static async Task<IResult> GetAsync(
        Guid id, ClaimsPrincipal user, GetMotorBlock get, SubmissionServer server, CancellationToken cancellationToken)
    {
        var found = await get.HandleAsync(user.GetActor(), id, cancellationToken);
        return found.Succeeded
            ? TypedResults.Ok(ShownMotorBlock.Of(found.Value.Block, server) with { Uses = found.Value.Uses })
            : Problems.Of(found.Failure);
    }

    private static async Task<IResult> UpdateAsync(
        Guid id, ChangedMotorBlock body, ClaimsPrincipal user, UpdateMotorBlock update, SubmissionServer server, CancellationToken cancellationToken)
    {
        var request = body.ToRequest(id);
        if (!request.Succeeded)
            return Problems.Of(request.Failure);
        var updated = await update.HandleAsync(user.GetActor(), request.Value, cancellationToken);
        return updated.Succeeded ? TypedResults.Ok(ShownMotorBlock.Of(updated.Value, server)) : Problems.Of(updated.Failure);
    }

    private static async Task<IResult> RevokeAsync(Guid id, ClaimsPrincipal user, RevokeMotorBlock revoke, CancellationToken cancellationToken)
    {
        var revoked = await revoke.HandleAsync(user.GetActor(), id, cancellationToken);
        return revoked.Succeeded ? TypedResults.NoContent() : Problems.Of(revoked.Failure);
    }

    /// <summary>The new password, told this once, and who still has the one before.</summary>
    private static async Task<IResult> RotateAsync(
        Guid id, Rotation? body, ClaimsPrincipal user, RotateMotorBlock rotate, SubmissionServer server, CancellationToken cancellationToken)
    {
        var rotated = await rotate.HandleAsync(user.GetActor(), new RotateMotorBlockRequest(id, body?.OverlapMinutes), cancellationToken);
        return rotated.Succeeded
            ? TypedResults.Ok(ShownMotorBlock.Of(rotated.Value.Block, server) with
            {
                Password = rotated.Value.Password.Text,
                OnPreviousPassword = rotated.Value.OnPreviousPassword,
            })
            : Problems.Of(rotated.Failure);
    }

    private static async Task<IResult> UndoRotationAsync(
        Guid id, ClaimsPrincipal user, UndoMotorBlockRotation undo, SubmissionServer server, CancellationToken cancellationToken)
    {
        var undone = await undo.HandleAsync(user.GetActor(), id, cancellationToken);
        return undone.Succeeded ? TypedResults.Ok(ShownMotorBlock.Of(undone.Value, server)) : Problems.Of(undone.Failure);
    }

    private static async Task<IResult> GetUsageAsync(Guid id, ClaimsPrincipal user, GetMotorBlockUsage get, CancellationToken cancellationToken)
    {
        var usage = await get.HandleAsync(user.GetActor(), id, cancellationToken);
        return usage.Succeeded ? TypedResults.Ok(usage.Value) : Problems.Of(usage.Failure);
    }
}
