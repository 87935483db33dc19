using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SignUp;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SignUp;

/// <summary>Somebody who wants another address.</summary>
public abstract class EmailChangeTest(PostgresCluster cluster) : SignUpTest(cluster)
{
    protected const string NewEmail = "new@example.org";

    protected Task<Outcome<MailOnItsWay>> RequestAsync(Actor actor, string? email = NewEmail) =>
        Get<RequestEmailChange>().HandleAsync(actor, new RequestEmailChangeRequest(email), Cancel);

    protected Task<Outcome<ChangedEmail>> ConfirmAsync(string token) =>
        Get<ConfirmEmailChange>().HandleAsync(new ConfirmEmailChangeRequest(token, Ip), Cancel);
}
