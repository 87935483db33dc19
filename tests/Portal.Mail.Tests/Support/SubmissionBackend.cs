using System.Collections.Concurrent;
using System.Security.Cryptography;
using Portal.Mail.Backends;

namespace Portal.Mail.Tests.Support;

/// <summary>Knows one name and password, keeps what it is asked, and lets a test decide the replies.</summary>
internal sealed class SubmissionBackend : RecordingBackend, ISubmissionBackend
{
    public const string Username = "alice@example.org";

    public static readonly SmtpReply Wrong = new(535, new(5, 7, 8), "Wrong name or password");

    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _releases;

    public string Password { get; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(12));

    public ConcurrentQueue<(SmtpPeer Peer, SaslCredentials Credentials, string Password)> Logins { get; } = new();

    public ConcurrentQueue<(SmtpPeer Peer, MailSender Sender)> AskedSenders { get; } = new();

    /// <summary>Ends the login of everybody who is signed in.</summary>
    public CancellationTokenSource Ending { get; } = new();

    /// <summary>How often the lease was disposed.</summary>
    public int Releases => Volatile.Read(ref _releases);

    public Task Released => _released.Task;

    public Func<SaslCredentials, CancellationToken, ValueTask<LoginDecision>>? OnLogin { get; set; }

    public Func<MailSender, SmtpReply>? OnSender { get; set; }

    public AuthenticatedLogin Login => new(Username, "tag", Ending.Token, new Lease(this));

    public async ValueTask<LoginDecision> AuthenticateAsync(SmtpPeer peer, SaslCredentials credentials, CancellationToken cancellationToken)
    {
        Logins.Enqueue((peer, credentials, credentials.Password.Reveal()));
        if (OnLogin is not null)
            return await OnLogin(credentials, cancellationToken);
        return credentials.Username == Username && credentials.Password.Reveal() == Password
            ? new LoginDecision(new SmtpReply(235, new(2, 7, 0), "Welcome"), Login)
            : new LoginDecision(Wrong, null);
    }

    public ValueTask<SmtpReply> AcceptSenderAsync(SmtpPeer peer, MailSender sender, CancellationToken cancellationToken)
    {
        AskedSenders.Enqueue((peer, sender));
        return ValueTask.FromResult(OnSender?.Invoke(sender) ?? new SmtpReply(250, new(2, 1, 0), "Sender OK"));
    }

    private sealed class Lease(SubmissionBackend backend) : IDisposable
    {
        public void Dispose()
        {
            Interlocked.Increment(ref backend._releases);
            backend._released.TrySetResult();
        }
    }
}
