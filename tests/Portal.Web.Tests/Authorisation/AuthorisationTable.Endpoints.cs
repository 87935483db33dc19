using static Portal.Web.Tests.Authorisation.Row;
using static Portal.Web.Tests.Authorisation.Rule;

namespace Portal.Web.Tests.Authorisation;

internal static partial class AuthorisationTable
{
    private static IEnumerable<Row> Endpoints() => [.. OpenEndpoints(), .. PasskeyEndpoints(), .. CircuitEndpoints(), .. ApiEndpoints(), .. AuditEndpoints(), .. DataEndpoints(), .. SupportEndpoints(), .. MotorBlockEndpoints(), .. DeviceEndpoints(), .. AliasEndpoints(), .. HomeEndpoints(), .. KeyEndpoints(), .. VaultboxEndpoints(), .. LogEndpoints()];

    /// <summary>A session's cookie alone counts outside <c>/api</c>.</summary>
    private static Rule InBrowser => Self.With(Caller.Scopeless, Verdict.SignInAsked);

    /// <summary>Answers that there is nothing there, to whoever is signed in.</summary>
    private static Rule Nowhere => Admin.With(Caller.Admin, Verdict.Absent).With(Caller.Scopeless, Verdict.SignInAsked);

    private static IEnumerable<Row> OpenEndpoints() =>
    [
        At("GET /health/live", Everyone("Probes have no account; says one word.")),
        At("GET /health/ready", Everyone("Probes have no account; the numbers are for admins.")),
        At("GET /openapi/{documentName}.json", Everyone("The API's description is public, as its code is."), path: "/openapi/v1.json"),
        At("POST /account/passkeys/request-options", Everyone("The first step of signing in; names no account."), body: _ => new { purpose = "sign-in" }, passes: "antiforgery"),
        At("POST /account/passkeys/sign-in", Everyone("Opens the session: its caller is nobody yet."), body: _ => new { credential = new { } }, passes: ["passkey_refused", "antiforgery"]),
        At("POST /account/sign-out", Everyone("Ends the session of the cookie that it comes with; without one there is none to end.").ThroughTheWall(), passes: "antiforgery"),
    ];

    /// <summary>What the account pages' script calls.</summary>
    private static IEnumerable<Row> PasskeyEndpoints() =>
    [
        At("POST /account/passkeys/creation-options", InBrowser.WithStepUp(), body: _ => new { }),
        At("POST /account/passkeys/", InBrowser.WithStepUp(), body: _ => new { credential = new { } }, passes: "passkey_refused"),
        At("POST /account/passkeys/confirm", InBrowser, body: _ => new { credential = new { } }, passes: "passkey_refused"),
    ];

    /// <summary>What Blazor maps for its circuits: a circuit belongs to whoever is signed in, and every act in it asks again.</summary>
    private static IEnumerable<Row> CircuitEndpoints() =>
    [
        At("ANY /_blazor", InBrowser.ThroughTheWall(), passes: "400"),
        At("ANY /_blazor/negotiate", InBrowser.ThroughTheWall(), method: "POST"),
        new("ANY /_blazor/disconnect/", InBrowser.ThroughTheWall().With(Caller.Anonymous, Verdict.SignInAsked),
            a => a.PostAsync("/_blazor/disconnect", "none", new Dictionary<string, string>(StringComparer.Ordinal) { ["circuitId"] = "none" }), "400"),
        At("ANY /_blazor/initializers/", InBrowser.ThroughTheWall()),
        At("GET /_framework/opaque-redirect", InBrowser.Seen(), passes: "400"),
        At("GET /{**path:file}", Nowhere, path: "/nothing.txt"),
        At("HEAD /{**path:file}", Nowhere, path: "/nothing.txt"),
    ];

    private static IEnumerable<Row> ApiEndpoints() =>
    [
        At("GET /api/v1/me", Self.With(Caller.Scopeless, Verdict.Allowed, "A token may learn whose it is.").Seen()),
        At("GET /api/v1/domains", Self.Seen()),
        At("GET /api/v1/sessions", Self),
        At("DELETE /api/v1/sessions/{id:guid}", Own, async a => a.Id(await a.World.AddSessionAsync(a.Owner.Id))),
        At("POST /api/v1/sessions/end-others", Self),
        At("GET /api/v1/sessions/current/events", Self.With(Caller.Scopeless, Verdict.Allowed, "Says nothing; breaks when what it came by ends.").Seen()),
        At("GET /api/v1/vaultboxes", Self.Seen()),
        At("POST /api/v1/vaultboxes", Self, body: _ => new { domain = "shared.test", alias = $"a{Guid.NewGuid():n}" }),
        At("GET /api/v1/vaultboxes/availability", Self.Seen()),
        At("GET /api/v1/vaultboxes/{id:guid}", Own.ForReader().Seen(), OfVaultbox),
        At("POST /api/v1/vaultboxes/{id:guid}/test-mail", Own.ForReader(), OfVaultbox),
        At("GET /api/v1/vaultboxes/{id:guid}/certificates", Own.ForReader(), OfVaultbox),
        At("POST /api/v1/vaultboxes/{id:guid}/certificates", Own.ForReader().WithStepUp(), OfVaultbox, _ => new { pem = "no certificate" }, passes: "certificate_unparsable"),
        At("POST /api/v1/vaultboxes/{id:guid}/keys", Own.ForReader().WithStepUp(), OfVaultbox, _ => new { items = Array.Empty<object>() }, passes: "keys_incomplete"),
        At("GET /api/v1/vault-key", Self),
        At("PUT /api/v1/vault-key/{method}", Self.WithStepUp(), body: _ => new { kdf = new { name = "hkdf-sha256" } }, path: "/api/v1/vault-key/recovery_kit", passes: "wrap_malformed"),
        At("GET /api/v1/receipt-key", Self.With(Caller.Scopeless, Verdict.Allowed, "The installation's public key; of nobody.").Seen()),
        At("GET /api/v1/vaultboxes/{id:guid}/summaries", Own.ForReader(), OfVaultbox),
        At("GET /api/v1/vaultboxes/{id:guid}/messages", Own.ForReader().Seen(), OfVaultbox),
        At("GET /api/v1/vaultboxes/{id:guid}/events", Own.ForReader(), OfVaultbox),
        At("GET /api/v1/messages/{id:guid}", Own.ForReader(), OfMessage),
        At("PATCH /api/v1/messages/{id:guid}", Own.ForReader(), OfMessage, _ => new { flags = new[] { "\\Seen" } }),
        At("GET /api/v1/messages/{id:guid}/passport", Own.ForReader(), OfMessage),
        At("ANY /api/v1/{**path}", Nowhere.With(Caller.Scopeless, Verdict.Absent), path: "/api/v1/nothing"),
    ];

    private static Task<Guid> OfVaultbox(Asker asker) => Task.FromResult(asker.Vaultbox);

    private static Task<Guid> OfMessage(Asker asker) => Task.FromResult(asker.Message);
}
