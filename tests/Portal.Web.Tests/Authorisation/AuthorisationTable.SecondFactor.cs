using Portal.Platform.Accounts.Passwords;
using Portal.Platform.Accounts.SecondFactor;
using Portal.Platform.Accounts.Sessions;
using static Portal.Web.Tests.Authorisation.Row;
using static Portal.Web.Tests.Authorisation.Rule;

namespace Portal.Web.Tests.Authorisation;

internal static partial class AuthorisationTable
{
    private static IEnumerable<Row> SecondFactorUseCases() =>
    [
        Of(Self, (GetSecondFactors u, Asker a) => u.HandleAsync(a.Actor, a.Cancel)),
        Of(Self.WithStepUp(), (BeginAuthenticator u, Asker a) => u.HandleAsync(a.Actor, a.Cancel)),
        Of(Self.WithStepUp(), (ConfirmAuthenticator u, Asker a) => u.HandleAsync(a.Actor, "000000", a.Cancel), "authenticator_not_begun"),
        Of(Self.WithStepUp(), (RemoveAuthenticator u, Asker a) => u.HandleAsync(a.Actor, a.Cancel), "authenticator_off"),
        Of(Self.WithStepUp(), (ReplaceRecoveryCodes u, Asker a) => u.HandleAsync(a.Actor, a.Cancel), "second_factor_off"),
        Of(Own.WithStepUp(), (ForgetDevice u, Asker a, Guid id) => u.HandleAsync(a.Actor, id, a.Cancel), RememberAsync),
        Of(Self.WithStepUp(), (ChangePassword u, Asker a) => u.HandleAsync(a.Actor, new ChangePasswordRequest(null, "short", null), a.Cancel), "password_too_short"),
        Of(
            Self.With(Caller.Scopeless, Verdict.Absent, "A token has no session to prove anew."),
            (ConfirmIdentity u, Asker a) => u.HandleAsync(a.Actor, new ConfirmIdentityRequest(ProofKind.Password, a.World.Password, null), a.Cancel)),
        Inside<CompleteSignIn>("Opens the session: its caller has given the password and is nobody yet."),
    ];

    /// <summary>A browser that the owner's account remembers.</summary>
    private static async Task<Guid> RememberAsync(Asker asker)
    {
        var device = new RememberedDevice
        {
            Id = Guid.NewGuid(), UserId = asker.Owner.Id, TokenHash = Guid.NewGuid().ToByteArray().Concat(new byte[16]).ToArray(),
            ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(1),
        };
        await using var context = await asker.World.PlatformContextAsync();
        context.Add(device);
        await context.SaveChangesAsync(asker.Cancel);
        return asker.Id(device.Id);
    }
}
