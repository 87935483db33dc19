using Portal.Web.Provisioning;
using static Portal.Web.Tests.Authorisation.Row;
using static Portal.Web.Tests.Authorisation.Rule;

namespace Portal.Web.Tests.Authorisation;

internal static partial class AuthorisationTable
{
    /// <summary>Forms of static pages.</summary>
    private static IEnumerable<Row> Forms() =>
    [
        Form("SignInPage", "sign-in", "/account/sign-in", Everyone("Where one signs in."), null, a => [("Input.Email", a.Owner.Email), ("Input.Password", a.World.Password)]),
        Form("SetUpPage", "set-up", "/account/set-up/{Token}", Everyone("The one-time link is the credential."), OfNoToken,
            a => [("Input.Email", a.Owner.Email), ("Input.Password", a.World.Password)]),
        Form("DomainSetUpPage", "domain", "/set-up/domain", Admin, null, _ => [("Input.Domain", $"d{Guid.NewGuid():n}.test")]),
        Form("UserPage", "role", "/admin/users/{Id:guid}", Admin.WithStepUp(), OfOwner, _ => [("RoleInput.Role", "Support")]),
        Form("UserPage", "suspend", "/admin/users/{Id:guid}", Admin.WithStepUp(), OfOwner, _ => [("SuspendInput.Reason", "why")]),
        Form("UserPage", "restore", "/admin/users/{Id:guid}", Admin.WithStepUp(), OfSuspended, _ => []),
    ];

    /// <summary>Handlers of interactive components.</summary>
    private static IEnumerable<Row> Events() =>
    [
        Event<ProvisionVaultbox>("NewVaultboxForm", "onsubmit"),
        Event<CheckAddress>("NewVaultboxForm", "oninput"),
        Event<CheckAddress>("NewVaultboxForm", "onchange"),
        Event("LogFilters", "onchange", "Changes the address; the list reads it."),
        Event("SearchBox", "onsubmit", "Changes the address; the list reads it."),
        Event("SearchBox", "oninput", "Changes the address; the list reads it."),
        Event("TracePanel", "onkeydown", "Closes the panel."),
        Event("LoadFailed", "onclick", "Loads again what the page loads."),
    ];
}
