using Microsoft.Extensions.FileProviders;

namespace Portal.Web.Security;

/// <summary>
/// The document in which decrypted HTML mail is shown. The front end's build pins its one script by hash and writes the policy beside it;
/// without that file the document must not be served, since the portal's own policy would give a stranger's markup our origin.
/// </summary>
internal static class MailFrame
{
    internal const string Path = "/vault/frame.html";

    private const string PolicyFile = "vault/frame.csp";

    internal static bool Serves(PathString path) => path.Equals(Path, StringComparison.OrdinalIgnoreCase);

    /// <returns>Null when the build has left no policy.</returns>
    internal static string? ReadPolicy(IFileProvider webRoot)
    {
        var file = webRoot.GetFileInfo(PolicyFile);
        if (!file.Exists)
        {
            return null;
        }

        using var reader = new StreamReader(file.CreateReadStream());
        var policy = reader.ReadToEnd().Trim();
        return policy.Contains("sandbox", StringComparison.Ordinal) ? policy : null;
    }
}
