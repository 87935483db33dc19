using System.Diagnostics;

namespace Portal.Smime.Tests.Support;

/// <summary>The openssl command, the other side of our interoperability tests.</summary>
internal static class OpenSsl
{
    /// <summary>Decrypts a CMS message (<c>DER</c> or <c>SMIME</c>); fails the test when openssl does.</summary>
    public static byte[] Decrypt(byte[] message, string form, TestIdentity identity)
    {
        var folder = Directory.CreateTempSubdirectory("smime-test-");
        try
        {
            string At(string name) => Path.Combine(folder.FullName, name);
            File.WriteAllBytes(At("message"), message);
            File.WriteAllText(At("key.pem"), identity.PrivateKeyPem);
            File.WriteAllText(At("certificate.pem"), identity.CertificatePem);
            Run("cms", "-decrypt", "-binary", "-inform", form, "-in", At("message"), "-out", At("plain"), "-inkey", At("key.pem"), "-recip", At("certificate.pem"));
            return File.ReadAllBytes(At("plain"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static string Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", arguments) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEnd();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"openssl {string.Join(' ', arguments)}: {errors}");
        return output;
    }
}
