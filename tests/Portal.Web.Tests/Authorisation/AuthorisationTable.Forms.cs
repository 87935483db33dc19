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
        Form("SetUpPage", "set-up", "/account/set-up/{Token}", NoForm, OfNoToken,
            a => [("Input.Email", a.Owner.Email), ("Input.Password", a.World.Password)]),
        Form("SecondFactorPage", "second-factor", "/account/second-factor", Everyone("The password was given; the sealed cookie says whose."), null, _ => [], "400"),
        Form("ConfirmPage", "confirm", "/account/confirm", Self, null, _ => []),
        Form("PasswordSection", "password", "/account/security", Self.WithStepUp(), null, _ => []),
        Form("AuthenticatorSection", "authenticator", "/account/security", Self.WithStepUp(), null, _ => [("Input.Act", "begin")]),
        Form("RecoveryCodesSection", "recovery-codes", "/account/security", Self.WithStepUp(), null, _ => [], "400"),
        Form("RememberedDevicesSection", "devices", "/account/security", Self.WithStepUp(), null, _ => [], "400"),
        Form("SessionsPage", "end-others", "/account/sessions", Self, null, _ => [], "400"),
        new("form SessionsPage end-", Own.With(Caller.Anonymous, Verdict.SignInAsked).With(Caller.Scopeless, Verdict.SignInAsked).Walled("POST"),
            async a => await FormAsync(a, "/account/sessions", $"end-{a.Id(await a.World.AddSessionAsync(a.Owner.Id))}")),
        // Shown for a chosen passkey or message alone; what they do is in the rows of their use cases.
        Form("PasskeysSection", "passkey-rename", "/account/security", Self, null, _ => [], "400"),
        Form("PasskeysSection", "passkey-remove", "/account/security", Self, null, _ => [], "400"),
        new("form SystemMailPage retry-", Admin.With(Caller.Anonymous, Verdict.SignInAsked).With(Caller.Scopeless, Verdict.SignInAsked).Walled("POST"),
            async a => await FormAsync(a, "/admin/system-mail", $"retry-{await OfHeldMessage(a)}")),
        Form("DataPage", "delete-account", "/account/data?delete=true", Self.WithStepUp(), null, _ => []),
        Form("DataPage", "keep-account", "/account/data", Self, null, _ => [], "400"),
        Form("TokensPage", "create-token", "/account/tokens?new=true", Self.WithStepUp(), null, _ => [("Input.Name", "script"), ("Input.Scopes", "messages:read")]),
        new("form TokensPage revoke-token", Own.With(Caller.Anonymous, Verdict.SignInAsked).With(Caller.Scopeless, Verdict.SignInAsked).Walled("POST"),
            async a => await FormAsync(a, $"/account/tokens?revoke={await OfToken(a)}", "revoke-token")),
        .. SignUpForms(),
        .. AuditForms(),
        .. SupportForms(),
        .. DeskForms(),
        Form("DomainSetUpPage", "domain", "/set-up/domain", Admin, null, _ => [("Input.Domain", $"d{Guid.NewGuid():n}.test")]),
        Form("UserPage", "role", "/admin/users/{Id:guid}", Admin.WithStepUp(), OfOwner, _ => [("RoleInput.Role", "Support")]),
        Form("UserPage", "suspend", "/admin/users/{Id:guid}", Admin.WithStepUp(), OfOwner, _ => [("SuspendInput.Reason", "why")]),
        Form("UserPage", "factor", "/admin/users/{Id:guid}", Admin.WithStepUp(), OfOwnerWithAPasskey, _ => [("FactorInput.Reason", "why")]),
        Form("UserPage", "restore", "/admin/users/{Id:guid}", Admin.WithStepUp().With(Caller.Owner, Verdict.SignInAsked, "Who is suspended has no session."), OfSuspended, _ => []),
    ];

    /// <summary>A wrong set-up link shows no form, to nobody.</summary>
    private static Rule NoForm => Everyone("The one-time link is the credential.").With(Caller.Anonymous, Verdict.Absent)
        .With(Caller.OtherUser, Verdict.Absent).With(Caller.Owner, Verdict.Absent).With(Caller.Support, Verdict.Absent)
        .With(Caller.Admin, Verdict.Absent).With(Caller.Scopeless, Verdict.Absent);

    /// <summary>Handlers of interactive components.</summary>
    private static IEnumerable<Row> Events() =>
    [
        Event<ProvisionVaultbox>("NewVaultboxForm", "onsubmit"),
        Event<CheckAddress>("NewVaultboxForm", "oninput"),
        Event<CheckAddress>("NewVaultboxForm", "onchange"),
        Event<CheckAddress>("NewVaultboxForm", "onclick"),
        Event("LogFilters", "onchange", "Changes the address; the list reads it."),
        .. LogEvents(),
        Event("ToastHost", "onclick", "Closes a toast, or does what its page offered with it: that page's own handler has the row."),
        Event("ToastHost", "onmouseenter", "Keeps a toast."),
        Event("ToastHost", "onmouseleave", "Lets a toast go."),
        Event("ToastHost", "onfocusin", "Keeps a toast."),
        Event("ToastHost", "onfocusout", "Lets a toast go."),
        Event("SearchBox", "onsubmit", "Changes the address; the list reads it."),
        Event("NameCard", "oninput", "Types into the card; saving is its submit."),
        Event("LimitsCard", "oninput", "Types into the card; saving is its submit."),
        Event("SearchBox", "oninput", "Changes the address; the list reads it."),
        Event("TracePanel", "onkeydown", "Closes the panel."),
        Event("LoadFailed", "onclick", "Loads again what the page loads."),
        .. CredentialEvents(), .. KeyEvents(),
        .. AliasEvents(),
        .. HomeEvents(),
        .. SupportEvents(),
        .. VaultboxEvents(),
    ];
}
