namespace Portal.EndToEnd.Tests.Support;

/// <summary>swaks, signing in to submission and going no further.</summary>
public static class MailProgram
{
    /// <param name="name">What it calls itself: the owner sees it in the list of clients.</param>
    /// <returns>Whether the server let it in.</returns>
    public static async Task<bool> SignsInAsync(this PortalProcess portal, string name, string username, string password)
    {
        var (exitCode, output, error) = await Tool.TryAsync(
            "swaks",
            [
                "--server", "127.0.0.1", "--port", $"{portal.SubmissionTlsPort}", "--tls-on-connect", "--helo", name,
                "--auth", "PLAIN", "--auth-user", username, "--auth-password", password, "--quit-after", "AUTH",
            ]);
        Assert.True(exitCode is 0 or 28, $"swaks ended with {exitCode}: {error} {System.Text.Encoding.UTF8.GetString(output)}");
        return exitCode == 0;
    }
}
