namespace Portal.Platform.Accounts.SecondFactor.Passkeys;

/// <summary>The portal as the browser sees it in a passkey ceremony.</summary>
/// <param name="Host">Host name of the request, without a port: the relying party's id (WebAuthn section 4).</param>
/// <param name="Origins">The origins that a ceremony may have run on, as <c>https://mail.example.org</c>.</param>
public sealed record PasskeySite(string Host, IReadOnlyList<string> Origins);

/// <summary>The beginning of a ceremony.</summary>
/// <param name="OptionsJson">What <c>navigator.credentials</c> is asked, as JSON (WebAuthn sections 5.4 and 5.5).</param>
/// <param name="State">Protected; comes back with the browser's answer.</param>
/// <param name="EndsAt">An answer that comes later is refused.</param>
public sealed record PasskeyOffer(string OptionsJson, string State, DateTimeOffset EndsAt);

/// <summary>What the browser answered.</summary>
/// <param name="CredentialJson">Its credential, by <c>toJSON()</c>.</param>
/// <param name="State">Of the offer that it answers; null when it is gone.</param>
public sealed record PasskeyAnswer(string? CredentialJson, string? State, PasskeySite Site);
