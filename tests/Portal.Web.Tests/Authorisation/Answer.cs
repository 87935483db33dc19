using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Portal.Platform;
using Portal.Vault;
using Portal.Web.Identity;

namespace Portal.Web.Tests.Authorisation;

/// <summary>What came back.</summary>
/// <param name="Code">The stable code of a refusal, or the status of one that has none.</param>
/// <param name="Text">All of it, without what differs from one answer to the next.</param>
public sealed partial record Answer(Verdict Verdict, string? Code, string Text)
{
    public static Answer Done { get; } = new(Verdict.Allowed, null, string.Empty);

    public static async Task<Answer> OfAsync<T>(Task<Outcome<T>> asked)
        where T : notnull
    {
        var outcome = await asked;
        return outcome.Succeeded ? Done : OfFailure(outcome.Failure.Code, $"{outcome.Failure}");
    }

    public static async Task<Answer> OfAsync<T>(Task<VaultResult<T>> asked)
    {
        var result = await asked;
        if (result.Succeeded)
        {
            if (result.Value is IAsyncDisposable content)
                await content.DisposeAsync();
            return Done;
        }

        return OfFailure(result.Problem.Code, $"{result.Problem}");
    }

    public static async Task<Answer> OfAsync(HttpResponseMessage response, string? id)
    {
        // A stream of events has no end.
        var body = response.Content.Headers.ContentType?.MediaType == "text/event-stream"
            ? string.Empty
            : await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var location = response.Headers.Location?.OriginalString ?? string.Empty;
        var code = CodeOf(response, body);
        var verdict = response.StatusCode switch
        {
            HttpStatusCode.NotFound => Verdict.Absent,
            HttpStatusCode.Unauthorized => Verdict.SignInAsked,
            // With the way back in its query; without it, it is where signing out ends.
            _ when location.Contains($"{PortalAuthentication.SignInPath}?", StringComparison.Ordinal) => Verdict.SignInAsked,
            _ when location.Contains("/account/confirm", StringComparison.Ordinal) => Verdict.StepUpAsked,
            < HttpStatusCode.BadRequest => body.Contains("data-view-closed", StringComparison.Ordinal) ? Verdict.ViewRefused : Verdict.Allowed,
            _ => code is null ? Verdict.Other : OfFailure(code, body).Verdict,
        };
        return new Answer(verdict, code, Steady($"{(int)response.StatusCode} {location}\n{body}", id));
    }

    private static Answer OfFailure(string code, string text) => new(
        code switch
        {
            "not_found" => Verdict.Absent,
            "scope_missing" => Verdict.ScopeRefused,
            "support_view" => Verdict.ViewRefused,
            "step_up_required" => Verdict.StepUpAsked,
            _ => Verdict.Other,
        },
        code,
        text);

    private static string? CodeOf(HttpResponseMessage response, string body)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return response.StatusCode < HttpStatusCode.BadRequest ? null : $"{(int)response.StatusCode}";
        using var problem = JsonDocument.Parse(body);
        return problem.RootElement.TryGetProperty("code", out var code) ? code.GetString() : null;
    }

    /// <summary>The same page twice differs in its tokens, its trace and in the id that was asked for; those say nothing.</summary>
    private static string Steady(string text, string? id)
    {
        var steady = Passing().Replace(text, string.Empty);
        return id is null ? steady : steady.Replace(id, "ID", StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex("""<!--.*?-->|(?<=name="(antiforgery|vb-account)" content=")[^"]*|(?<=name="__RequestVerificationToken" value=")[^"]*|"traceId":"[^"]*"|\S+@authorisation\.test""", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Passing();
}
