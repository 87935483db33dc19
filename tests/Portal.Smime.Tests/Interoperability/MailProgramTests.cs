using Portal.Smime.Tests.Support;

namespace Portal.Smime.Tests.Interoperability;

/// <summary>
/// All that we seal, opened by the programs behind other people's mail clients: every key, cipher and naming, for one certificate and for
/// three, with the recipient infos in the order that DER gives them and the other way round. What a program does not open is in
/// <see cref="Exceptions"/> with the reason, and must go on failing: when it no longer does, the table is to be shortened.
/// </summary>
public sealed class MailProgramTests(MailPrograms programs) : IClassFixture<MailPrograms>
{
    private static readonly byte[] Original = Sequences.Bytes(
        "From: A <a@sender.example>\r\nTo: first@vault.example\r\nSubject: Hello\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nBody\r\n");

    private static readonly Dictionary<string, TestIdentity[]> Strangers = new(StringComparer.Ordinal)
    {
        ["RSA"] = [TestKeys.Second, TestKeys.Make("third@vault.example", 2048)],
        ["P-256"] = [TestKeys.Curve384, TestKeys.MakeCurve("third@vault.example", System.Security.Cryptography.ECCurve.NamedCurves.nistP256)],
        ["P-384"] = [TestKeys.Curve256, TestKeys.MakeCurve("third@vault.example", System.Security.Cryptography.ECCurve.NamedCurves.nistP384)],
    };

    public static TheoryData<MailProgram, string, ContentCipher, RecipientNaming, int, bool> Matrix =>
    [
        .. from program in Enum.GetValues<MailProgram>()
           from key in Strangers.Keys
           from cipher in Enum.GetValues<ContentCipher>()
           from naming in Enum.GetValues<RecipientNaming>()
           from certificates in new[] { 1, 3 }
           from isReversed in new[] { false, true }
           select (program, key, cipher, naming, certificates, isReversed),
    ];

    [Theory]
    [MemberData(nameof(Matrix))]
    public void Seal_AnyForm_OpensInEveryProgramOrIsAKnownException(
        MailProgram program, string key, ContentCipher cipher, RecipientNaming naming, int certificates, bool isReversed)
    {
        var reader = MailPrograms.Reader(key);
        using var message = MessageSealer.Seal(Sealed.Request(Original) with
        {
            Recipients = [.. Strangers[key].Take(certificates - 1).Prepend(reader).Select(static one => one.Certificate)],
            Cipher = cipher,
            RecipientNaming = naming,
        });
        var der = isReversed ? RecipientOrder.Reverse(message.Der) : message.Der.ToArray();

        var (content, said) = programs.Open(program, der, reader);

        if (Exceptions.ReasonFor(program, key, cipher, naming, isReversed) is { } reason)
        {
            Assert.True(content is null || content.Length == 0, $"{program} opens it now; the table says: {reason}");
            return;
        }

        Assert.True(content is not null, said);
        Assert.Equal(Original, AddedLines.Remove(content, message.OuterHeaders));
    }
}
