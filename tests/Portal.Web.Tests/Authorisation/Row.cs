using Portal.Platform;
using Portal.Vault;

namespace Portal.Web.Tests.Authorisation;

/// <summary>One line of the table.</summary>
/// <param name="Key">A use case's type name; an endpoint as <c>GET /api/v1/me</c>; a page as <c>page /account</c>; a form as <c>form SignInPage sign-in</c>.</param>
/// <param name="Call">Asks as the caller; null for what has no caller outside.</param>
/// <param name="Passes">Refusals that come after the check of who may: they count as allowed.</param>
public sealed record Row(string Key, Rule Rule, Func<Asker, Task<Answer>>? Call, params string[] Passes)
{
    /// <summary>A use case of the platform, or of the web project, that answers with an outcome.</summary>
    public static Row Of<TUseCase, T>(Rule rule, Func<TUseCase, Asker, Task<Outcome<T>>> call, params string[] passes)
        where TUseCase : notnull
        where T : notnull =>
        new(typeof(TUseCase).Name, rule, asker => Answer.OfAsync(call(asker.Get<TUseCase>(), asker)), passes);

    /// <summary>As above, where the id must be made first.</summary>
    public static Row Of<TUseCase, T>(Rule rule, Func<TUseCase, Asker, Guid, Task<Outcome<T>>> call, Func<Asker, Task<Guid>> id, params string[] passes)
        where TUseCase : notnull
        where T : notnull =>
        new(typeof(TUseCase).Name, rule, async asker => await Answer.OfAsync(call(asker.Get<TUseCase>(), asker, await id(asker))), passes);

    /// <summary>A use case of the vault. A stranger has no scope there, and no id is looked at before the scope.</summary>
    public static Row Of<TUseCase, T>(Rule rule, Func<TUseCase, Asker, Task<VaultResult<T>>> call, params string[] passes)
        where TUseCase : notnull =>
        new(
            typeof(TUseCase).Name,
            rule.With(Caller.Anonymous, Verdict.ScopeRefused),
            asker => Answer.OfAsync(call(asker.Get<TUseCase>(), asker)),
            passes);

    /// <summary>What takes no actor and no caller outside can reach on somebody's data.</summary>
    public static Row Inside<TUseCase>(string why) => new(typeof(TUseCase).Name, Rule.Internal(why), null);

    /// <summary>An endpoint, or a page when <paramref name="key"/> begins with <c>page</c>. <c>{id…}</c> in its route is filled from the asker.</summary>
    /// <param name="method">Where the endpoint takes any.</param>
    /// <param name="path">Where the route is not what is asked for.</param>
    public static Row At(string key, Rule rule, Func<Asker, Task<Guid>>? id = null, Func<Asker, object>? body = null, string? method = null, string? path = null, params string[] passes)
    {
        // Over HTTP a stranger is asked to sign in before anything is looked up.
        var stranger = rule.Verdicts[Caller.Anonymous] == Verdict.Allowed ? rule : rule.With(Caller.Anonymous, Verdict.SignInAsked);
        return new Row(key, stranger.Walled(method ?? MethodOf(key)), asker => asker.SendAsync(method ?? MethodOf(key), path ?? key.Split(' ')[1], id, body), passes);
    }

    /// <summary>A page: a token is no way in.</summary>
    public static Row Page(string route, Rule rule, Func<Asker, Task<Guid>>? id = null, params string[] passes) => At(
        $"page {route}",
        // In a view the account's pages are closed, those for strangers too.
        rule.Verdicts[Caller.Anonymous] != Verdict.Allowed ? rule.With(Caller.Scopeless, Verdict.SignInAsked)
            : route.StartsWith("/account/", StringComparison.Ordinal) ? rule.With(Caller.Viewer, Verdict.ViewRefused) : rule,
        id,
        passes: passes);

    /// <summary>A form of a page, posted with its antiforgery token as a browser does.</summary>
    public static Row Form(
        string component, string name, string route, Rule rule, Func<Asker, Task<Guid>>? id, Func<Asker, (string Name, string Value)[]> fields, params string[] passes)
    {
        var open = rule.Name == nameof(Rule.Everyone);
        var asked = open ? rule : rule.With(Caller.Anonymous, Verdict.SignInAsked).With(Caller.Scopeless, Verdict.SignInAsked);
        return new Row(
            $"form {component} {name}",
            asked.Walled("POST"),
            async asker => await FormAsync(asker, id is null ? route : RouteParameter.Fill(route, $"{await id(asker)}"), name, fields(asker)),
            passes);
    }

    /// <summary>Blazor answers 400 to a form that the page, as this caller gets it, does not have: there it is absent.</summary>
    public static async Task<Answer> FormAsync(Asker asker, string path, string handler, params (string Name, string Value)[] fields)
    {
        var answer = await asker.PostAsync(path, handler, fields.ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal));
        return answer is { Verdict: Verdict.Other, Code: "400" } ? answer with { Verdict = Verdict.Absent } : answer;
    }

    /// <summary>A handler of an interactive component that reaches data by a use case alone: that use case's row decides.</summary>
    public static Row Event<TUseCase>(string component, string handler) =>
        new($"event {component} {handler}", Rule.Internal($"Reaches data by {typeof(TUseCase).Name} alone, asked with the actor of the circuit's session."), null);

    /// <summary>A handler of an interactive component that reaches no use case.</summary>
    public static Row Event(string component, string handler, string why) => new($"event {component} {handler}", Rule.Internal(why), null);

    /// <inheritdoc cref="Rule.Seen"/>
    public Row Seen() => this with { Rule = Rule.Seen() };

    public override string ToString() => Key;

    private static string MethodOf(string key) => key.Split(' ')[0] is var word && word is "page" or "ANY" ? "GET" : word;
}
