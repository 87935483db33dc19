namespace Portal.Smime.Tests.Interoperability;

/// <summary>
/// What a program does not open of what we can seal, and why; docs cite this table. All of it is beyond what a vaultbox that is read by
/// mail clients gets by default: RSA, AES-256-CBC, certificates named by issuer and serial number, infos in the order of DER.
/// </summary>
internal static class Exceptions
{
    private const string NssNoGcm = "NSS 3.87 does not know AuthEnvelopedData.";
    private const string NssNoAgreement = "NSS 3.87 reads no KeyAgreeRecipientInfo, openssl's neither.";
    private const string NssTakesFirst = "NSS 3.87 takes the first info that names its certificate and knows no OAEP. DER puts PKCS#1 v1.5 first, so what we seal never comes so.";
    private const string GpgsmNoGcm = "gpgsm 2.2 does not know AuthEnvelopedData.";
    private const string GpgsmNoAgreement = "gpgsm 2.2 imports no key on a curve from PKCS#12, and with the key in its agent takes a wrong session key, from openssl's messages too.";
    private const string GpgsmNoIdentifier = "libksba 1.6 finds no certificate by its key identifier.";

    public static string? ReasonFor(MailProgram program, string key, ContentCipher cipher, RecipientNaming naming, bool isReversed) => (program, key, cipher, naming) switch
    {
        (MailProgram.Nss, _, ContentCipher.Aes256Gcm, _) => NssNoGcm,
        (MailProgram.Nss, not "RSA", _, _) => NssNoAgreement,
        (MailProgram.Nss, _, _, _) when isReversed => NssTakesFirst,
        (MailProgram.Gpgsm, _, ContentCipher.Aes256Gcm, _) => GpgsmNoGcm,
        (MailProgram.Gpgsm, not "RSA", _, _) => GpgsmNoAgreement,
        (MailProgram.Gpgsm, _, _, RecipientNaming.SubjectKeyIdentifier) => GpgsmNoIdentifier,
        _ => null,
    };
}
