using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SecondFactor.Passkeys;
using Portal.Platform.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SecondFactor.Passkeys;

/// <summary>A test with an account and an authenticator. The clock moves before each ceremony, as it does for people.</summary>
public abstract class PasskeyTest(PostgresCluster cluster) : PlatformTest(cluster)
{
    protected const string Email = "user@example.org";

    protected static readonly PasskeySite Site = new("localhost", ["https://localhost"]);

    protected async Task<Actor> AddPersonAsync(string email = Email) => Person(await AddUserAsync(email), Role.User);

    protected async Task<PasskeyOffer> OfferCreationAsync(Actor actor)
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        return (await Get<StartAddingPasskey>().HandleAsync(actor, Site, Cancel)).Value!;
    }

    protected async Task<Outcome<AddedPasskey>> AddAsync(Actor actor, SoftwareAuthenticator authenticator, string? name = "Laptop")
    {
        var offer = await OfferCreationAsync(actor);
        var answer = new PasskeyAnswer(authenticator.Create(offer.OptionsJson), offer.State, Site);
        return await Get<AddPasskey>().HandleAsync(actor, new AddPasskeyRequest(answer, name, null), Cancel);
    }

    protected async Task<PasskeyOffer> OfferSignInAsync()
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        return (await Get<StartPasskeySignIn>().HandleAsync(Site, Ip)).Value!;
    }

    protected async Task<Outcome<OpenedSession>> SignInAsync(SoftwareAuthenticator authenticator)
    {
        var offer = await OfferSignInAsync();
        return await AnswerAsync(authenticator.Get(offer.OptionsJson), offer.State);
    }

    protected Task<Outcome<OpenedSession>> AnswerAsync(string credentialJson, string? state, PasskeySite? site = null) =>
        Get<SignInWithPasskey>().HandleAsync(
            new SignInWithPasskeyRequest(new PasskeyAnswer(credentialJson, state, site ?? Site), Ip, "test"), Cancel);
}
