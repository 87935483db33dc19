using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SignUp;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SignUp;

/// <summary>A server where anybody may sign up, unless a test says otherwise.</summary>
public abstract class SignUpTest(PostgresCluster cluster) : PlatformTest(cluster)
{
    protected const string Email = "someone@example.org";

    protected virtual SignUpMode Mode => SignUpMode.Open;

    protected override void ConfigureServices(IServiceCollection services) => services.Configure<SignUpOptions>(options => options.Mode = Mode);

    protected Task<Outcome<MailOnItsWay>> SignUpAsync(string? email = Email, string? password = null) =>
        Get<SignUpWithEmail>().HandleAsync(new SignUpWithEmailRequest(email, password ?? GoodPassword, Ip), Cancel);

    protected Task<Outcome<VerifiedEmail>> VerifyAsync(string token, string? password = null) =>
        Get<VerifyEmail>().HandleAsync(new VerifyEmailRequest(token, password ?? GoodPassword, Ip), Cancel);

    protected Task<long> MailsAsync(string kind) => Database.ScalarAsync<long>($"SELECT count(*) FROM system_messages WHERE kind = '{kind}'");

    protected async Task<Actor> UserAsync(string email = Email) => Person(await AddUserAsync(email), Role.User);
}
