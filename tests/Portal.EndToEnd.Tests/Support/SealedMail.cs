namespace Portal.EndToEnd.Tests.Support;

/// <summary>Opens what the portal sealed, with openssl.</summary>
public static class SealedMail
{
    /// <param name="sealedMail">As the API gives it: message/rfc822.</param>
    public static async Task<byte[]> OpenAsync(byte[] sealedMail, TestKey key)
    {
        var directory = Directory.CreateTempSubdirectory("portal-open-");
        try
        {
            var (mail, pem) = (Path.Combine(directory.FullName, "mail.eml"), Path.Combine(directory.FullName, "key.pem"));
            await File.WriteAllBytesAsync(mail, sealedMail);
            await File.WriteAllTextAsync(pem, $"{key.CertificatePem}\n{key.PrivateKeyPem}\n");
            return await Tool.RunAsync("openssl", ["cms", "-decrypt", "-binary", "-inform", "SMIME", "-in", mail, "-recip", pem, "-inkey", pem]);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
