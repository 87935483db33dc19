using System.Data.Common;
using Microsoft.Extensions.Options;
using Portal.Passwords;

namespace Portal.Web.MailAuthentication;

/// <summary>
/// Who may sign in with a mail program: one place for every mail server, over two pools of credentials. The shape of the name alone
/// chooses the pool. A password is judged by bcrypt in a bounded number of threads, exactly one hash for any attempt whether or not the
/// name exists; what was judged lately is remembered, so that a flood of guesses does not touch those who are signed in.
/// </summary>
internal sealed class MailAuthenticator(
    CredentialPools pools,
    CredentialHasher hasher,
    CheckedPasswords known,
    CredentialUses uses,
    MailAuthenticationMetrics metrics,
    IOptions<MailAuthenticationOptions> options,
    TimeProvider time)
{
    private readonly AttemptThrottle throttle = new(
        new AttemptLimits(options.Value.AttemptsPerAddress, options.Value.AttemptsPerNetwork, options.Value.AttemptWindow), time);

    /// <param name="typed">The password as sent.</param>
    public async Task<SignInResult> SignInAsync(SignInAttempt attempt, string typed, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var state = pools.Of(attempt.Name);
        SignInResult result;
        try
        {
            result = await RecallAsync(state, attempt, typed, cancellationToken) ?? await CheckAsync(state, attempt, typed, cancellationToken);
        }
        catch (Exception fault) when (fault is DbException or TimeoutException or IOException or InvalidOperationException)
        {
            result = new SignInResult(SignInVerdict.Unavailable, state);
        }

        if (result.Verdict == SignInVerdict.Accepted)
            uses.Note(state, new CredentialUse(result.Credential!.Id, result.PasswordId, attempt.Protocol, attempt.ClientName ?? string.Empty, attempt.Address, time.GetUtcNow(), 1));
        metrics.SignedIn(state.Pool.Name, attempt.Protocol, result.Verdict, time.GetElapsedTime(started));
        return result;
    }

    /// <summary>Without bcrypt, when this very password was judged lately. Null when it was not.</summary>
    private async Task<SignInResult?> RecallAsync(CredentialPoolState state, SignInAttempt attempt, string typed, CancellationToken cancellationToken)
    {
        var version = state.Version;
        if (known.Find(KeyOf(attempt, typed)) is not { } entry)
            return null;
        if (!entry.IsRight)
            return state.IsHeard ? new SignInResult(SignInVerdict.Wrong, state) { IsRepeated = true } : null;
        if (state.IsHeard && Again(entry.Credential!) is { Verdict: SignInVerdict.Accepted } accepted)
            return accepted;
        // While changes are not heard, and before the owner is turned away, the database is asked. It costs no bcrypt.
        return await state.Pool.FindAsync(attempt.Name, GeneratedPassword.SelectorOf(typed), attempt.Protocol, cancellationToken) is { } credential
            ? Again(credential)
            : null;

        // The same hash is still the same password; one whose overlap is over has none.
        SignInResult? Again(Credential credential) =>
            string.Equals(credential.Password.HashOf(entry.PasswordId, time.GetUtcNow()), entry.Hash, StringComparison.Ordinal)
                ? Judge(state, attempt, credential, entry.PasswordId, version) with { IsRepeated = true }
                : null;
    }

    private async Task<SignInResult> CheckAsync(CredentialPoolState state, SignInAttempt attempt, string typed, CancellationToken cancellationToken)
    {
        // A name that is guessed at is served after the others, never refused for it: guesses must not keep the owner out.
        if (!throttle.TryTake(attempt.Address))
            return new SignInResult(SignInVerdict.TooMany, state);
        var isWrong = false;
        try
        {
            var result = await VerifyAsync(state, attempt, typed, cancellationToken);
            isWrong = result.Verdict == SignInVerdict.Wrong;
            return result;
        }
        finally
        {
            if (isWrong)
                throttle.NoteWrong(attempt.Name);
            else
                throttle.GiveBack(attempt.Address);
        }
    }

    private async Task<SignInResult> VerifyAsync(CredentialPoolState state, SignInAttempt attempt, string typed, CancellationToken cancellationToken)
    {
        var version = state.Version;
        var selector = GeneratedPassword.SelectorOf(typed);
        var credential = await state.Pool.FindAsync(attempt.Name, selector, attempt.Protocol, cancellationToken);
        var chosen = credential?.Password.Choose(selector, time.GetUtcNow());
        var isSuspect = throttle.IsSuspect(attempt.Address, attempt.Name);
        var fits = await hasher.VerifyAsync(chosen?.Hash, GeneratedPassword.Canonical(typed), isSuspect, cancellationToken);
        if (fits is null)
            return new SignInResult(SignInVerdict.Busy, state);
        var judged = new JudgedPassword(state, credential, chosen?.Id ?? default, fits is true ? chosen!.Value.Hash : null);
        known.Remember(KeyOf(attempt, typed), judged, version);
        return judged.IsRight ? Judge(state, attempt, credential!, judged.PasswordId, version) : new SignInResult(SignInVerdict.Wrong, state);
    }

    /// <summary>The password is right: whether the credential works now, for this, and from there.</summary>
    private SignInResult Judge(CredentialPoolState state, SignInAttempt attempt, Credential credential, Guid passwordId, long version)
    {
        var verdict = credential.State switch
        {
            CredentialState.Suspended => SignInVerdict.Suspended,
            CredentialState.OtherProtocol => SignInVerdict.OtherProtocol,
            CredentialState.Paused => SignInVerdict.Paused,
            _ when credential.IsExpired(time.GetUtcNow()) => SignInVerdict.Expired,
            _ when !credential.WorksFrom(attempt.Address) => SignInVerdict.OtherNetwork,
            _ => SignInVerdict.Accepted,
        };
        return new SignInResult(verdict, state, credential, passwordId, version);
    }

    private PasswordKey KeyOf(SignInAttempt attempt, string typed) =>
        known.KeyOf(attempt.Name, attempt.Protocol, GeneratedPassword.Canonical(typed));
}
