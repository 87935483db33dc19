using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Links;
using Portal.Platform.Accounts.SignUp;
using static Portal.Web.Tests.Authorisation.Row;
using static Portal.Web.Tests.Authorisation.Rule;

namespace Portal.Web.Tests.Authorisation;

internal static partial class AuthorisationTable
{
    private static IEnumerable<Row> SignUpUseCases() =>
    [
        Inside<SignUpWithEmail>("Anonymous by design: its caller is nobody yet; the answer does not tell whether there is an account."),
        Inside<ResendVerification>("Anonymous by design: mails the address's owner, and answers the same whatever there is."),
        Inside<RequestPasswordReset>("Anonymous by design: mails the address's owner, and answers the same whatever there is."),
        Inside<CheckLink>("Anonymous by design: the mailed link is the credential; a wrong one is told nothing."),
        Inside<VerifyEmail>("Anonymous by design: the mailed link and the password are the credential."),
        Inside<AcceptInvite>("Anonymous by design: the invitation's link is the credential; it names address and role."),
        Inside<ResetPassword>("Anonymous by design: the mailed link is the credential."),
        Inside<ConfirmEmailChange>("Anonymous by design: the link mailed to the new address is the credential."),
        Of(Admin.WithStepUp(), (CreateInvite u, Asker a) => u.HandleAsync(a.Actor, new CreateInviteRequest(SomeAddress(), Role.Admin), a.Cancel)),
        Of(Admin, (ListInvites u, Asker a) => u.HandleAsync(a.Actor, new ListInvitesRequest(), a.Cancel)),
        Of(Admin, (RevokeInvite u, Asker a, Guid id) => u.HandleAsync(a.Actor, new RevokeInviteRequest(id), a.Cancel), OfInvite),
        Of(Self, (GetEmailState u, Asker a) => u.HandleAsync(a.Actor, a.Cancel)),
        Of(Self.WithStepUp(), (RequestEmailChange u, Asker a) => u.HandleAsync(a.Actor, new RequestEmailChangeRequest(SomeAddress()), a.Cancel)),
        Of(Self, (CancelEmailChange u, Asker a) => u.HandleAsync(a.Actor, a.Cancel)),
    ];

    private static IEnumerable<Row> SignUpPages() =>
    [
        Page("/account/sign-up", Everyone("Where one makes an account, or is told that one must be invited.")),
        Page("/account/forgot", Everyone("Asks for a link to a new password.")),
        Page("/account/verify/{Token}", Everyone("The mailed link is the credential; a wrong one shows no form."), OfNoToken),
        Page("/account/invite/{Token}", Everyone("The invitation's link is the credential; a wrong one shows no form."), OfNoToken),
        Page("/account/reset/{Token}", Everyone("The mailed link is the credential; a wrong one shows no form."), OfNoToken),
        Page("/account/change-email/{Token}", Everyone("The mailed link is the credential; a wrong one shows no button."), OfNoToken),
        Page("/admin/invites", Admin),
    ];

    private static IEnumerable<Row> SignUpForms() =>
    [
        Form("SignUpPage", "sign-up", "/account/sign-up", NoForm with { Why = "This server makes accounts by invitation only." }, null, _ => []),
        Form("SignUpPage", "resend", "/account/sign-up", NoForm with { Why = "This server makes accounts by invitation only." }, null, _ => []),
        Form("ForgotPage", "forgot", "/account/forgot", Everyone("Mails the address's owner, and answers the same whatever there is."), null, a => [("Input.Email", a.Owner.Email)]),
        Form("VerifyPage", "verify", "/account/verify/{Token}", NoForm, OfNoToken, a => [("Input.Password", a.World.Password)]),
        Form("InvitePage", "invite", "/account/invite/{Token}", NoForm, OfNoToken, a => [("Input.Password", a.World.Password)]),
        Form("ResetPage", "reset", "/account/reset/{Token}", NoForm, OfNoToken, a => [("Input.Password", a.World.Password)]),
        Form("ChangeEmailPage", "change-email", "/account/change-email/{Token}", NoForm, OfNoToken, _ => []),
        Form("EmailSection", "email-change", "/account/security", Self.WithStepUp(), null, _ => [("EmailInput.Email", SomeAddress())]),
        // Shown while a change waits; what it does is in the row of its use case.
        Form("EmailSection", "email-cancel", "/account/security", Self, null, _ => [], "400"),
        Form("InvitesPage", "invite", "/admin/invites", Admin.WithStepUp(), null, _ => [("Input.Email", SomeAddress()), ("Input.Role", "Admin")]),
        new("form InvitesPage revoke-", Admin.With(Caller.Anonymous, Verdict.SignInAsked).With(Caller.Scopeless, Verdict.SignInAsked).Walled("POST"),
            async a => await FormAsync(a, "/admin/invites", $"revoke-{await OfInvite(a)}")),
    ];

    private static string SomeAddress() => $"{Guid.NewGuid():n}@authorisation.test";

    private static async Task<Guid> OfInvite(Asker asker)
    {
        var invite = await asker.Get<CreateInvite>().HandleAsync(Actor.Operator, new CreateInviteRequest(SomeAddress(), Role.User), asker.Cancel);
        return asker.Id(invite.Value!.Id);
    }
}
