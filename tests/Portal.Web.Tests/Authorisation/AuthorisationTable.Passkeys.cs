using Portal.Platform.Accounts.SecondFactor;
using Portal.Platform.Accounts.SecondFactor.Passkeys;
using static Portal.Web.Tests.Authorisation.Row;
using static Portal.Web.Tests.Authorisation.Rule;

namespace Portal.Web.Tests.Authorisation;

internal static partial class AuthorisationTable
{
    private static readonly PasskeySite Here = new("localhost", ["http://localhost"]);

    private static readonly PasskeyAnswer NoAnswer = new("{}", null, Here);

    /// <summary>A session alone proves itself anew; a token has none.</summary>
    private static Rule InSession => Self.With(Caller.Scopeless, Verdict.Absent);

    private static IEnumerable<Row> PasskeyUseCases() =>
    [
        Of(Self, (ListPasskeys u, Asker a) => u.HandleAsync(a.Actor, a.Cancel)),
        Of(Self.WithStepUp(), (StartAddingPasskey u, Asker a) => u.HandleAsync(a.Actor, Here, a.Cancel)),
        Of(Self.WithStepUp(), (AddPasskey u, Asker a) => u.HandleAsync(a.Actor, new AddPasskeyRequest(NoAnswer, null, null), a.Cancel), "passkey_refused"),
        Of(Own.WithStepUp(), (RenamePasskey u, Asker a, Guid id) => u.HandleAsync(a.Actor, new RenamePasskeyRequest(id, "Mine"), a.Cancel), OfPasskey),
        Of(Own.WithStepUp(), (RemovePasskey u, Asker a, Guid id) => u.HandleAsync(a.Actor, id, a.Cancel), OfPasskey),
        Of(InSession, (StartPasskeyConfirmation u, Asker a) => u.HandleAsync(a.Actor, Here, a.Cancel)),
        Of(InSession, (ConfirmWithPasskey u, Asker a) => u.HandleAsync(a.Actor, new ConfirmWithPasskeyRequest(NoAnswer, null), a.Cancel), "passkey_refused"),
        Inside<StartPasskeySignIn>("The first step of signing in: its caller is nobody yet, and the offer names no account."),
        Inside<SignInWithPasskey>("Opens the session: its caller is nobody yet."),
    ];

    private static async Task<Guid> OfPasskey(Asker asker)
    {
        var id = Guid.NewGuid();
        await using var context = await asker.World.PlatformContextAsync();
        context.Passkeys.Add(new Passkey
        {
            Id = id,
            UserId = asker.Owner.Id,
            CredentialId = id.ToByteArray(),
            PublicKey = [0],
            Name = "Laptop",
            AttestationObject = [0],
            ClientDataJson = [0],
            CreatedAt = TimeProvider.System.GetUtcNow(),
        });
        await context.SaveChangesAsync(asker.Cancel);
        return asker.Id(id);
    }
}
