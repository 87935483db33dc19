using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SecondFactor.Passkeys;
using Portal.Platform.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SecondFactor.Passkeys;

public sealed class ConfirmWithPasskeyTests(PostgresCluster cluster) : PasskeyTest(cluster)
{
    private readonly SoftwareAuthenticator authenticator = new();

    [Fact]
    public async Task Handle_WithAPasskeyOfTheAccount_MakesTheSessionFreshAtOnce()
    {
        var actor = await SignedInAsync();
        Time.Advance(TimeSpan.FromMinutes(11));
        Assert.False((await ActorAsync(actor)).IsFresh(Time.GetUtcNow()));

        var confirmed = await ConfirmAsync(actor);

        Assert.Equal(Time.GetUtcNow(), confirmed.Value);
        Assert.True((await ActorAsync(actor)).IsFresh(Time.GetUtcNow()));
    }

    [Fact]
    public async Task Handle_WithTheSameAnswerTwice_CountsOnce()
    {
        var actor = await SignedInAsync();
        var offer = await OfferAsync(actor);
        var answer = new PasskeyAnswer(authenticator.Get(offer.OptionsJson), offer.State, Site);
        Assert.True((await Get<ConfirmWithPasskey>().HandleAsync(actor, new ConfirmWithPasskeyRequest(answer, Ip), Cancel)).Succeeded);
        Time.Advance(TimeSpan.FromSeconds(1));

        var again = await Get<ConfirmWithPasskey>().HandleAsync(actor, new ConfirmWithPasskeyRequest(answer, Ip), Cancel);

        Assert.Equal("passkey_refused", again.Failure?.Code);
    }

    [Fact]
    public async Task Handle_WithThePasskeyOfAnother_IsRefused()
    {
        var actor = await SignedInAsync();
        using var others = new SoftwareAuthenticator();
        var other = await AddPersonAsync("other@example.org");
        await AddAsync(other, others);
        var offer = await OfferAsync(actor);
        var theirOffer = await OfferAsync(other);

        var foreign = await AnswerAsync(actor, new PasskeyAnswer(others.Get(offer.OptionsJson), offer.State, Site));
        var swapped = await AnswerAsync(actor, new PasskeyAnswer(others.Get(theirOffer.OptionsJson), theirOffer.State, Site));

        Assert.Equal(("passkey_refused", "passkey_refused"), (foreign.Failure?.Code, swapped.Failure?.Code));
    }

    [Fact]
    public async Task Handle_WithoutUserVerification_IsRefused()
    {
        var actor = await SignedInAsync();
        authenticator.Verifies = false;

        Assert.Equal("passkey_refused", (await ConfirmAsync(actor)).Failure?.Code);
    }

    [Fact]
    public async Task Handle_InASessionThatHasEnded_LooksAbsent()
    {
        var actor = await SignedInAsync();
        await Get<SignOut>().HandleAsync(actor.SessionId!.Value, Cancel);

        Assert.Equal(AccountFailures.NotFound, (await ConfirmAsync(actor)).Failure);
    }

    [Fact]
    public async Task Handle_WithoutASession_LooksAbsent()
    {
        var token = Actor.Token((await AddPersonAsync()).UserId, Role.User, Portal.Platform.Accounts.Tokens.TokenScopes.Full);

        foreach (var who in new[] { Actor.Stranger, Actor.Operator, token })
        {
            Assert.Equal(AccountFailures.NotFound, (await Get<StartPasskeyConfirmation>().HandleAsync(who, Site, Cancel)).Failure);
            Assert.Equal(AccountFailures.NotFound, (await AnswerAsync(who, new PasskeyAnswer("{}", null, Site))).Failure);
        }
    }

    private async Task<Actor> SignedInAsync()
    {
        await AddAsync(await AddPersonAsync(), authenticator);
        var opened = (await SignInAsync(authenticator)).Value!;
        return Actor.Person(opened.UserId, opened.Role, opened.SessionId, opened.FreshUntil);
    }

    private async Task<Actor> ActorAsync(Actor actor) => (await Get<ValidateSession>().HandleAsync(actor.SessionId!.Value, Cancel))!.Actor;

    private async Task<PasskeyOffer> OfferAsync(Actor actor)
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        return (await Get<StartPasskeyConfirmation>().HandleAsync(actor, Site, Cancel)).Value!;
    }

    private async Task<Outcome<DateTimeOffset>> ConfirmAsync(Actor actor)
    {
        var offer = await OfferAsync(actor);
        return await AnswerAsync(actor, new PasskeyAnswer(authenticator.Get(offer.OptionsJson), offer.State, Site));
    }

    private Task<Outcome<DateTimeOffset>> AnswerAsync(Actor actor, PasskeyAnswer answer) =>
        Get<ConfirmWithPasskey>().HandleAsync(actor, new ConfirmWithPasskeyRequest(answer, Ip), Cancel);
}
