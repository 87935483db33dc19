using Portal.Platform.Accounts;
using Portal.Platform.Support;
using Portal.Vault.Notices;
using Portal.Vault.Vaultboxes;
using Portal.Web.Provisioning;
using static Portal.Web.Tests.Authorisation.Row;
using static Portal.Web.Tests.Authorisation.Rule;

namespace Portal.Web.Tests.Authorisation;

internal static partial class AuthorisationTable
{
    private static IEnumerable<Row> SupportUseCases() =>
    [
        Of(Staff, (FindAccount u, Asker a) => u.HandleAsync(a.Actor, new FindAccountRequest(a.Owner.Email, null), a.Cancel)),
        Of(Staff, (FindSupported u, Asker a) => u.HandleAsync(a.Actor, a.Owner.Email, a.Cancel)),
        Of(Staff, (OpenSupportView u, Asker a) => u.HandleAsync(a.Actor, Ask(a.OwnerId), isAsked: true, a.Cancel)),
        Of(Staff, (AskForView u, Asker a) => u.HandleAsync(a.Actor, Ask(a.OwnerId), a.Cancel)),
        Of(Admin.WithStepUp(), (BreakGlass u, Asker a) => u.HandleAsync(a.Actor, Ask(a.OwnerId), a.Cancel)),
        Of(Own, (AnswerView u, Asker a, Guid id) => u.HandleAsync(a.Actor, new AnswerViewRequest(id, Agrees: true), a.Cancel), OfAskedView),
        Of(Staff, (StartView u, Asker a, Guid id) => u.HandleAsync(a.Actor, id, a.Cancel), OfAgreedView),
        Of(Own, (EndView u, Asker a, Guid id) => u.HandleAsync(a.Actor, id, a.Cancel), OfAskedView),
        Of(Self, (ListViews u, Asker a) => u.HandleAsync(a.Actor, new ListViewsRequest(), a.Cancel)),
        Of(Self, (ListOpenViews u, Asker a) => u.HandleAsync(a.Actor, a.Cancel)),
        Of(Staff, (ListAskedViews u, Asker a) => u.HandleAsync(a.Actor, a.Cancel)),
        Of(Staff, (GetView u, Asker a, Guid id) => u.HandleAsync(a.Actor, id, a.Cancel), OfAgreedView),
        Of(
            Admin.With(Caller.Admin, Verdict.Absent).With(Caller.Viewer, Verdict.Allowed, "Writes down what a view opens; outside one there is nothing to write."),
            (NoteLook u, Asker a) => u.HandleAsync(a.Actor, new NoteLookRequest("Home", "/"), a.Cancel)),
        Inside<AnswerViewByLink>("Anonymous by design: the mailed link is the credential; a wrong one is told nothing."),
        Inside<TellOfView>("Writes a notice to the owner of whom the use case above has checked the supporter."),
        Inside<FindOwner>("Asked by the search of support alone, which tells an address that the text names exactly."),
    ];

    private static IEnumerable<Row> SupportEndpoints() =>
    [
        At("GET /api/v1/views", Self),
        At("GET /api/v1/views/export.csv", Self),
        At("GET /api/v1/views/export.json", Self),
        At("POST /api/v1/views/{id:guid}/answer", Own, OfAskedView, _ => new { agrees = true }),
        At("DELETE /api/v1/views/{id:guid}", Own, OfAskedView),
        Posted("/support/start-view", Staff, OfAgreedView),
        Posted("/support/end-view", Own.ThroughTheWall(), OfAskedView),
        Posted("/support/answer", Own, OfAskedView),
        Posted("/support/stop-view", Own, OfAskedView),
    ];

    private static IEnumerable<Row> SupportPages() =>
    [
        Page("/support", Staff),
        Page("/support/views/{Id:guid}", Staff, OfAgreedView),
        Page("/support/consent/{Token}", Everyone("The mailed link is the credential; a wrong one shows no form."), OfNoToken),
        Page("/account/viewers", Self),
    ];

    private static IEnumerable<Row> SupportForms() => [Form("ConsentPage", "answer-view", "/support/consent/{Token}", NoForm, OfNoToken, _ => [("answer", "yes")])];

    private static IEnumerable<Row> SupportEvents() =>
    [
        Event("SupportPage", "onsubmit", $"Reaches data by {nameof(FindSupported)} or {nameof(OpenSupportView)} alone."),
        Event("SupportPage", "onclick", "Chooses between asking and not asking; nothing is done by it."),
    ];

    /// <summary>What a form of the shell posts to. A session's cookie alone counts there.</summary>
    private static Row Posted(string path, Rule rule, Func<Asker, Task<Guid>> id) => new(
        $"POST {path}",
        rule.With(Caller.Anonymous, Verdict.SignInAsked).With(Caller.Scopeless, Verdict.SignInAsked).Walled("POST"),
        async a => await a.PostAsync(path, "none", new Dictionary<string, string>(StringComparer.Ordinal) { ["grant"] = $"{await id(a)}", ["answer"] = "yes", ["returnUrl"] = "/" }));

    private static AskForViewRequest Ask(Guid ownerId) => new(ownerId, "Mail did not arrive", "4127", 30);

    /// <summary>A request to the owner by a supporter who is nobody else here.</summary>
    private static async Task<Guid> OfAskedView(Asker asker) =>
        asker.Id(await AskAsync(asker, await asker.World.AddAccountAsync(Role.Support)));

    /// <summary>The caller's own, where the caller may have one.</summary>
    private static async Task<Guid> OfAgreedView(Asker asker)
    {
        var isStaff = asker.Caller is Caller.Support or Caller.Admin;
        var supporter = isStaff ? asker.Self! : await asker.World.AddAccountAsync(Role.Support);
        var owner = isStaff ? asker.Owner : await asker.World.AddAccountAsync(Role.User);
        var id = await AskAsync(asker with { Owner = owner }, supporter);
        var person = Actor.Person(owner.Id, owner.Role, owner.SessionId, owner.FreshUntil);
        var answered = await asker.Get<AnswerView>().HandleAsync(person, new AnswerViewRequest(id, Agrees: true), asker.Cancel);
        Assert.True(answered.Succeeded, answered.Failure?.Detail);
        return asker.Id(id);
    }

    private static async Task<Guid> AskAsync(Asker asker, Account supporter)
    {
        var asked = await asker.Get<AskForView>().HandleAsync(
            Actor.Person(supporter.Id, supporter.Role, supporter.SessionId, supporter.FreshUntil), Ask(asker.Owner.Id), asker.Cancel);
        Assert.True(asked.Succeeded, asked.Failure?.Detail);
        return asked.Value!.GrantId;
    }
}
