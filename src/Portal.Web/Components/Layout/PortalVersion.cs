using System.Reflection;

namespace Portal.Web.Components.Layout;

internal static class PortalVersion
{
    /// <summary>"0.1.0", without the build's commit.</summary>
    internal static string Text { get; } =
        typeof(PortalVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
