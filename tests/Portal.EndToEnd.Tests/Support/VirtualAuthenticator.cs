using System.Text.Json;
using Microsoft.Playwright;

namespace Portal.EndToEnd.Tests.Support;

/// <summary>Chromium's own authenticator for tests: it keeps passkeys, verifies its user and touches itself. Each tab has its own.</summary>
public sealed class VirtualAuthenticator
{
    private readonly ICDPSession _session;
    private readonly string _id;

    private VirtualAuthenticator(ICDPSession session, string id) => (_session, _id) = (session, id);

    public static async Task<VirtualAuthenticator> AttachAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        var added = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["options"] = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return new VirtualAuthenticator(session, added!.Value.GetProperty("authenticatorId").GetString()!);
    }

    /// <summary>The same passkeys in another tab, as a provider would keep them for both.</summary>
    public async Task<VirtualAuthenticator> CopyToAsync(IPage page)
    {
        var copy = await AttachAsync(page);
        foreach (var credential in await CredentialsAsync())
        {
            await copy._session.SendAsync("WebAuthn.addCredential", new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["authenticatorId"] = copy._id, ["credential"] = credential,
            });
        }

        return copy;
    }

    public async Task<IReadOnlyList<JsonElement>> CredentialsAsync()
    {
        var all = await _session.SendAsync("WebAuthn.getCredentials", new Dictionary<string, object>(StringComparer.Ordinal) { ["authenticatorId"] = _id });
        return [.. all!.Value.GetProperty("credentials").EnumerateArray().Select(credential => credential.Clone())];
    }
}
