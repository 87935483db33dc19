using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Portal.Platform.Accounts.Passwords;

namespace Portal.Platform.Accounts.SecondFactor.Passkeys;

/// <summary>What a ceremony is for; an answer to one is worth nothing in another.</summary>
internal enum PasskeyPurpose
{
    Create,
    SignIn,
    Confirm,
}

/// <param name="OfferedAt">When the challenge was made.</param>
internal sealed record ProvenPasskey(Guid UserId, UserPasskeyInfo Passkey, DateTimeOffset OfferedAt);

/// <summary>
/// WebAuthn by ASP.NET Core Identity's handler: makes challenges and verifies answers (WebAuthn sections 7.1 and 7.2). The browser keeps
/// the protected state of an open ceremony; a challenge is taken once because <see cref="PasskeyUse"/> takes none that is older than the
/// passkey's last use.
/// </summary>
public sealed class PasskeyCeremony : IDisposable
{
    /// <summary>How long a ceremony may stay open.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    /// <summary>More than any authenticator's answer, in UTF-16 units.</summary>
    public const int LongestAnswer = 64 * 1024;

    internal static readonly Failure Refused = new("passkey_refused", "That passkey was not accepted. Try again.");

    private readonly UserManager<User> users;
    private readonly PasskeyHandler<User> handler;
    private readonly IDataProtector protector;
    private readonly TimeProvider time;
    private readonly ILogger logger;

    public PasskeyCeremony(
        IDbContextFactory<PlatformContext> contexts,
        BcryptPasswordHasher hasher,
        IDataProtectionProvider protection,
        IServiceProvider services,
        TimeProvider time,
        ILogger<PasskeyCeremony> logger)
    {
        users = new UserManager<User>(
            new PasskeyStore(contexts), Options.Create(new IdentityOptions()), hasher, [], [], new UpperInvariantLookupNormalizer(),
            new IdentityErrorDescriber(), services, NullLogger<UserManager<User>>.Instance);
        handler = new PasskeyHandler<User>(users, Options.Create(new IdentityPasskeyOptions
        {
            UserVerificationRequirement = "required",
            ResidentKeyRequirement = "required",
            AttestationConveyancePreference = "none",
            ChallengeSize = 32,
            AuthenticatorTimeout = Life,
            ValidateOrigin = IsOurOrigin,
        }));
        protector = protection.CreateProtector("vaultbox/passkeys/v1");
        this.time = time;
        this.logger = logger;
    }

    public void Dispose() => users.Dispose();

    /// <summary>Offers to make a passkey that needs no user name at sign-in. Those that the account has already are named, so that none is made twice.</summary>
    internal async Task<PasskeyOffer> OfferCreationAsync(Guid userId, string email, PasskeySite site)
    {
        var entity = new PasskeyUserEntity { Id = IdText(userId), Name = email, DisplayName = email };
        var made = await handler.MakeCreationOptionsAsync(entity, Http(site));
        return Offer(PasskeyPurpose.Create, made.CreationOptionsJson, made.AttestationState!);
    }

    /// <param name="user">Whose passkeys will do; null when the passkey is to say who signs in.</param>
    internal async Task<PasskeyOffer> OfferRequestAsync(PasskeyPurpose purpose, User? user, PasskeySite site)
    {
        var made = await handler.MakeRequestOptionsAsync(user, Http(site));
        return Offer(purpose, made.RequestOptionsJson, made.AssertionState!);
    }

    /// <returns>Null when the answer is not one of <paramref name="userId"/>'s to a challenge of ours.</returns>
    internal async Task<UserPasskeyInfo?> ReadNewAsync(Guid userId, PasskeyAnswer answer)
    {
        if (Open(PasskeyPurpose.Create, answer) is not { } open)
            return null;
        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext
        {
            HttpContext = Http(answer.Site), CredentialJson = answer.CredentialJson!, AttestationState = open.Handler,
        });
        if (!result.Succeeded)
        {
            ThrowIfUnavailable(result.Failure);
            logger.NewPasskeyRefused(result.Failure.Message);
            return null;
        }

        return string.Equals(result.UserEntity.Id, IdText(userId), StringComparison.Ordinal) ? result.Passkey : null;
    }

    /// <returns>Null when the answer proves nobody. The proof counts only once <see cref="PasskeyUse"/> has recorded it.</returns>
    internal async Task<ProvenPasskey?> ProveAsync(PasskeyPurpose purpose, PasskeyAnswer answer)
    {
        if (Open(purpose, answer) is not { } open)
            return null;
        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext
        {
            HttpContext = Http(answer.Site), CredentialJson = answer.CredentialJson!, AssertionState = open.Handler,
        });
        if (result.Succeeded)
            return new ProvenPasskey(result.User.Id, result.Passkey, open.At);
        ThrowIfUnavailable(result.Failure);
        logger.PasskeyRefused(result.Failure.Message);
        return null;
    }

    private static string IdText(Guid userId) => userId.ToString("D", CultureInfo.InvariantCulture);

    /// <summary>The handler reads its relying party from a request; this is the part that it reads.</summary>
    private static DefaultHttpContext Http(PasskeySite site)
    {
        var http = new DefaultHttpContext { Request = { Host = new HostString(site.Host) } };
        http.Features.Set(site);
        return http;
    }

    /// <summary>WebAuthn section 7.1 steps 9 to 11, 7.2 steps 12 to 14: our origin, and no frame of another.</summary>
    private static ValueTask<bool> IsOurOrigin(PasskeyOriginValidationContext context) => ValueTask.FromResult(
        !context.CrossOrigin
        && context.TopOrigin is null
        && context.HttpContext.Features.GetRequiredFeature<PasskeySite>().Origins.Contains(context.Origin, StringComparer.Ordinal));

    private PasskeyOffer Offer(PasskeyPurpose purpose, string optionsJson, string handlerState)
    {
        var now = time.GetUtcNow();
        var state = JsonSerializer.SerializeToUtf8Bytes(new OpenCeremony(handlerState, now));
        return new PasskeyOffer(optionsJson, WebEncoders.Base64UrlEncode(For(purpose).Protect(state)), now + Life);
    }

    private OpenCeremony? Open(PasskeyPurpose purpose, PasskeyAnswer answer)
    {
        if (answer is not { CredentialJson.Length: > 0 and <= LongestAnswer, State.Length: > 0 and <= LongestAnswer })
            return null;
        try
        {
            var open = JsonSerializer.Deserialize<OpenCeremony>(For(purpose).Unprotect(WebEncoders.Base64UrlDecode(answer.State)));
            return open is not null && time.GetUtcNow() < open.At + Life ? open : null;
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private IDataProtector For(PasskeyPurpose purpose) => protector.CreateProtector(purpose.ToString());

    /// <summary>The handler takes every fault for a refusal; a database that does not answer has refused nobody.</summary>
    private static void ThrowIfUnavailable(PasskeyException failure)
    {
        if (failure.InnerException is { } inner && PlatformDatabase.IsUnavailable(inner))
            ExceptionDispatchInfo.Throw(inner);
    }

    private sealed record OpenCeremony(string Handler, DateTimeOffset At);
}
