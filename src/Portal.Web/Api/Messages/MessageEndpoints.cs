using System.Security.Claims;
using Portal.Vault.Messages;
using Portal.Vault.ProcessingLog;
using Portal.Web.Provisioning;

namespace Portal.Web.Api.Messages;

internal sealed record SetFlagsBody(IReadOnlyList<string>? Flags);

internal static class MessageEndpoints
{
    public static void MapMessages(this RouteGroupBuilder api)
    {
        api.MapGet("/vaultboxes/{id:guid}/summaries", ListSummariesAsync);
        api.MapGet("/vaultboxes/{id:guid}/messages", ListMessagesAsync);
        api.MapGet("/vaultboxes/{id:guid}/events", MailEvents.StreamAsync);
        api.MapGet("/messages/{id:guid}", SealedMessageDownload.GetAsync);
        api.MapPatch("/messages/{id:guid}", SetFlagsAsync);
        api.MapGet("/messages/{id:guid}/passport", GetPassportAsync);
    }

    private static async Task<IResult> ListSummariesAsync(
        Guid id, ClaimsPrincipal user, ListSummaries listSummaries, string? after, CancellationToken cancellationToken, int limit = 50) =>
        Problems.Ok(await listSummaries.HandleAsync(new ListSummariesRequest(user.InVault(), id, limit, after), cancellationToken));

    private static async Task<IResult> ListMessagesAsync(
        Guid id, ClaimsPrincipal user, ListMessages listMessages, string? after, CancellationToken cancellationToken, int limit = 50) =>
        Problems.Ok(await listMessages.HandleAsync(new ListMessagesRequest(user.InVault(), id, limit, after), cancellationToken));

    private static async Task<IResult> SetFlagsAsync(
        Guid id, SetFlagsBody body, ClaimsPrincipal user, SetFlags setFlags, CancellationToken cancellationToken)
    {
        if (body.Flags is null)
            return Problems.Of(StatusCodes.Status422UnprocessableEntity, "flags_missing", "Send “flags”, the whole new list; an empty one clears all.");
        var result = await setFlags.HandleAsync(new SetFlagsRequest(user.InVault(), id, body.Flags), cancellationToken);
        return result.Succeeded ? TypedResults.NoContent() : Problems.Of(result.Problem);
    }

    private static async Task<IResult> GetPassportAsync(
        Guid id, ClaimsPrincipal user, GetMessage getMessage, GetPassport getPassport, CancellationToken cancellationToken)
    {
        var message = await getMessage.HandleAsync(new GetMessageRequest(user.InVault(), id), cancellationToken);
        return message.Succeeded
            ? Problems.Items(await getPassport.HandleAsync(new GetPassportRequest(user.InVault(), message.Value.Message.PassportId), cancellationToken))
            : Problems.Of(message.Problem);
    }
}
