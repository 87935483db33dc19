using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using OtpNet;

namespace Portal.Platform.Accounts.SecondFactor;

/// <summary>
/// The secrets of authenticators: 160 random bits, encrypted before they reach the database, and the codes that follow from them
/// (RFC 6238 with SHA-1, 30 s and 6 digits, which every authenticator app takes).
/// </summary>
public sealed class AuthenticatorSecret(IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>RFC 4226 section 4, R6: 128 bits at least, 160 recommended.</summary>
    private const int Bytes = 20;

    private const int Group = 4;
    private const string Issuer = "Vaultbox";

    private readonly IDataProtector protector = protection.CreateProtector("vaultbox/authenticator/v1");

    internal byte[] Create() => protector.Protect(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What the account's owner copies into an app, by camera or by hand.</summary>
    internal EnrolledSecret Show(byte[] protectedSecret, string email)
    {
        var text = Base32Encoding.ToString(protector.Unprotect(protectedSecret)).TrimEnd('=');
        var uri = $"otpauth://totp/{Issuer}:{Uri.EscapeDataString(email)}?secret={text}&issuer={Issuer}&algorithm=SHA1&digits=6&period=30";
        return new EnrolledSecret(uri, string.Join(' ', text.Chunk(Group).Select(group => new string(group))));
    }

    /// <summary>One step to either side is allowed for clocks that differ and for slow typing (RFC 6238 section 5.2).</summary>
    /// <returns>The time step that the code belongs to, or null when it does not fit.</returns>
    internal long? Match(byte[] protectedSecret, string? typed)
    {
        var code = string.Concat((typed ?? string.Empty).Take(20).Where(character => !char.IsWhiteSpace(character)));
        if (code.Length != 6 || !code.All(char.IsAsciiDigit))
            return null;
        var totp = new Totp(protector.Unprotect(protectedSecret));
        return totp.VerifyTotp(time.GetUtcNow().UtcDateTime, code, out var step, new VerificationWindow(previous: 1, future: 1)) ? step : null;
    }
}

/// <param name="Uri">For a QR code: <c>otpauth://totp/…</c>.</param>
/// <param name="Text">The secret in base32, in groups of four.</param>
public sealed record EnrolledSecret(string Uri, string Text);
