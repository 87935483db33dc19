using System.Security.Claims;
using Portal.Audit;
using Portal.Passwords;
using Portal.Platform.Accounts.Sessions;

namespace Portal.Web.Identity;

/// <summary>From where a request came, for the audit log alone; claims carry it into circuits, which have no request.</summary>
internal static class RequestOrigin
{
    private const string NetworkClaim = "from_network";
    private const string AgentClaim = "from_agent";
    private const string CredentialClaim = "from_credential";

    public static ActedFrom Of(HttpContext http, string? credential = null)
    {
        var agent = http.Request.Headers.UserAgent.ToString();
        return new ActedFrom(
            PeerNetwork.Of(http.Connection.RemoteIpAddress), agent.Length == 0 ? null : DeviceName.Of(agent), credential);
    }

    public static ActedFrom? FindOrigin(this ClaimsPrincipal principal)
    {
        var (network, agent, credential) = (principal.FindFirstValue(NetworkClaim), principal.FindFirstValue(AgentClaim), principal.FindFirstValue(CredentialClaim));
        return network is null && agent is null && credential is null ? null : new ActedFrom(network, agent, credential);
    }

    public static IEnumerable<Claim> Claims(ActedFrom? from)
    {
        if (from?.Network is { } network)
            yield return new Claim(NetworkClaim, network);
        if (from?.Agent is { } agent)
            yield return new Claim(AgentClaim, agent);
        if (from?.Credential is { } credential)
            yield return new Claim(CredentialClaim, credential);
    }
}
