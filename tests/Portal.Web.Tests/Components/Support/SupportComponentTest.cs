using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Accounts;
using Portal.Platform.Support;
using Portal.Testing;

namespace Portal.Web.Tests.Components.Support;

/// <summary>The signed-in user and one other account, who helps or is helped.</summary>
public abstract class SupportComponentTest(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    protected const string Mine = "mara.lindqvist@vault.test";
    protected const string Theirs = "ines@vault.test";

    protected static readonly Guid OtherId = Guid.Parse("7d3a4c1e-0000-4000-8000-000000000009");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Platform.ExecuteAsync(
            $"""
             INSERT INTO users (id, email, email_verified) VALUES ('{UserId}', '{Mine}', true), ('{OtherId}', '{Theirs}', true);
             INSERT INTO sessions (id, user_id, auth_method, proved_at, created_at, last_seen_at, expires_at)
             VALUES ('{SessionId}', '{UserId}', 'password', '{Time.GetUtcNow():O}', '{Time.GetUtcNow():O}', '{Time.GetUtcNow():O}', '{Time.GetUtcNow().AddDays(1):O}')
             """);
    }

    protected T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>The other account asks to see the user's.</summary>
    protected async Task<Guid> BeAskedAsync() =>
        (await Get<AskForView>().HandleAsync(
            Actor.Person(OtherId, Role.Support, Guid.NewGuid(), DateTimeOffset.MaxValue), new AskForViewRequest(UserId, "Mail did not arrive", "4127", 15), Cancel)).Value!.GrantId;

    /// <summary>The user, as support, asks to see the other account.</summary>
    protected async Task<Guid> AskAsync() =>
        (await Get<AskForView>().HandleAsync(
            Actor.Person(UserId, Role.Support, SessionId, DateTimeOffset.MaxValue), new AskForViewRequest(OtherId, "Mail did not arrive", "4127", 15), Cancel)).Value!.GrantId;

    protected Task AnswerAsync(Guid owner, Guid grant, bool agrees = true) => Get<AnswerView>().HandleAsync(
        Actor.Person(owner, Role.User, Guid.NewGuid(), DateTimeOffset.MaxValue), new AnswerViewRequest(grant, agrees), Cancel);
}
