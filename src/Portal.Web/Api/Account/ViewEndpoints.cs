using System.Globalization;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Portal.Platform;
using Portal.Platform.Support;
using Portal.Web.Identity;

namespace Portal.Web.Api.Account;

/// <summary>Who viewed one's account: the record, its export, and the owner's answer.</summary>
internal static class ViewEndpoints
{
    /// <summary>Views of one export; there are never so many.</summary>
    private const int Page = 200;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void MapViews(this RouteGroupBuilder api)
    {
        api.MapGet("/views", ListAsync);
        api.MapGet("/views/export.csv", ExportCsvAsync);
        api.MapGet("/views/export.json", ExportJsonAsync);
        api.MapPost("/views/{id:guid}/answer", AnswerAsync);
        api.MapDelete("/views/{id:guid}", EndAsync);
    }

    private static async Task<IResult> ListAsync(
        ClaimsPrincipal user, ListViews list, string? after, CancellationToken cancellationToken, int limit = 50)
    {
        DateTimeOffset? before = null;
        if (after is not null)
        {
            if (!DateTimeOffset.TryParse(after, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
                return Problems.Of(new Failure("cursor_malformed", "The cursor is not one that this list gave."));
            before = at;
        }

        var listed = await list.HandleAsync(user.GetActor(), new ListViewsRequest(limit, before), cancellationToken);
        return listed.Succeeded
            ? TypedResults.Ok(new
            {
                items = listed.Value.Items.Select(Describe),
                next = listed.Value.Next?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            })
            : Problems.Of(listed.Failure);
    }

    private static async Task<IResult> ExportCsvAsync(ClaimsPrincipal user, ListViews list, CancellationToken cancellationToken)
    {
        var all = await AllAsync(user, list, cancellationToken);
        return all.Succeeded
            ? TypedResults.File(Encoding.UTF8.GetBytes(ViewsCsv.Write(all.Value)), "text/csv; charset=utf-8", "views-of-my-account.csv")
            : Problems.Of(all.Failure);
    }

    private static async Task<IResult> ExportJsonAsync(ClaimsPrincipal user, ListViews list, CancellationToken cancellationToken)
    {
        var all = await AllAsync(user, list, cancellationToken);
        return all.Succeeded
            ? TypedResults.File(
                JsonSerializer.SerializeToUtf8Bytes(new { views = all.Value.Select(Describe) }, Format), "application/json", "views-of-my-account.json")
            : Problems.Of(all.Failure);
    }

    private static async Task<IResult> AnswerAsync(Guid id, ViewAnswer body, ClaimsPrincipal user, AnswerView answer, CancellationToken cancellationToken)
    {
        var answered = await answer.HandleAsync(user.GetActor(), new AnswerViewRequest(id, body.Agrees, body.Minutes), cancellationToken);
        return answered.Succeeded ? TypedResults.Ok(new { agreed = answered.Value.Agreed, endsAt = answered.Value.EndsAt }) : Problems.Of(answered.Failure);
    }

    private static async Task<IResult> EndAsync(Guid id, ClaimsPrincipal user, EndView end, CancellationToken cancellationToken)
    {
        var ended = await end.HandleAsync(user.GetActor(), id, cancellationToken);
        return ended.Succeeded ? TypedResults.NoContent() : Problems.Of(ended.Failure);
    }

    private static async Task<Outcome<List<SupportViewRecord>>> AllAsync(ClaimsPrincipal user, ListViews list, CancellationToken cancellationToken)
    {
        var all = new List<SupportViewRecord>();
        DateTimeOffset? before = null;
        do
        {
            var listed = await list.HandleAsync(user.GetActor(), new ListViewsRequest(Page, before), cancellationToken);
            if (!listed.Succeeded)
                return listed.Failure;
            all.AddRange(listed.Value.Items);
            before = listed.Value.Next;
        }
        while (before is not null);
        return all;
    }

    private static object Describe(SupportViewRecord view) => new
    {
        id = view.Id,
        supporter = view.SupporterEmail,
        kind = ViewsCsv.Kind(view.Kind),
        reason = view.Reason,
        ticket = view.Ticket,
        minutes = view.Minutes,
        state = Lower(view.State),
        askedAt = view.AskedAt,
        agreedAt = view.AgreedAt,
        startedAt = view.StartedAt,
        endsAt = view.EndsAt,
        endedAt = view.EndedAt,
        endedBy = view.EndedBy is { } by ? Lower(by) : null,
        looks = view.Looks.Select(look => new { at = look.At, what = look.What, path = look.Path }),
    };

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}

/// <param name="Agrees">Left out: no.</param>
/// <param name="Minutes">5 to 30; null: as many as were asked for.</param>
internal sealed record ViewAnswer(bool Agrees, int? Minutes);
