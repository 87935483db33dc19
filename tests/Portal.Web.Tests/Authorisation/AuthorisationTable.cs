namespace Portal.Web.Tests.Authorisation;

/// <summary>
/// Who may do what: one row for each use case, endpoint, page, form and event handler. A thing without a row fails the tests, and so does a row
/// without a thing. To add one: <c>Of(rule, (UseCase u, Asker a) =&gt; u.HandleAsync(…))</c> for a use case, <c>At("POST /api/v1/…", rule, …)</c>
/// for an endpoint, <c>Page("/…", rule)</c> for a page, <c>Form(…)</c> for a form, <c>Event(…)</c> for a handler of an interactive component. Ids come from the asker (<c>a.Vaultbox</c>,
/// <c>a.OwnerSession</c>, <c>a.Id(…)</c>): it hands out an id that nothing has when the row is asked for what does not exist.
/// </summary>
internal static partial class AuthorisationTable
{
    public static IReadOnlyList<Row> All { get; } = [.. UseCases(), .. Endpoints(), .. Pages(), .. Forms(), .. Events()];

    public static Row Find(string key) => All.Single(row => string.Equals(row.Key, key, StringComparison.Ordinal));
}
