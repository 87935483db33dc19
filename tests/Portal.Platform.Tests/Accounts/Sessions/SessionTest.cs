using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.Sessions;

/// <summary>Two accounts, whose sessions the test opens as sign-in does.</summary>
public abstract class SessionTest(PostgresCluster cluster) : PlatformTest(cluster)
{
    protected const string Me = "me@example.org";
    protected const string Other = "other@example.org";

    private readonly Dictionary<string, Guid> accounts = new(StringComparer.Ordinal);

    protected async Task<ValidSession> OpenAsync(string email)
    {
        if (!accounts.TryGetValue(email, out var userId))
            accounts[email] = userId = await AddUserAsync(email, Role.User);
        await using var context = await ContextAsync();
        var opened = await Get<OpenSession>().HandleAsync(context, userId, AuthMethods.Password, Ip, "test", Cancel);
        return (await Get<ValidateSession>().HandleAsync(opened!.SessionId, Cancel))!;
    }
}
