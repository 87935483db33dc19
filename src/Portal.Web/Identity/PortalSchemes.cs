namespace Portal.Web.Identity;

/// <summary>Names of the authentication schemes, and of the policies that endpoints and pages ask for.</summary>
internal static class PortalSchemes
{
    /// <summary>Chooses between the two below by the request.</summary>
    public const string Selector = "portal";

    public const string Cookie = "session";
    public const string Bearer = "token";

    public const string AdminPolicy = "admin";

    /// <summary>Support staff and admins.</summary>
    public const string SupportPolicy = "support";
}
