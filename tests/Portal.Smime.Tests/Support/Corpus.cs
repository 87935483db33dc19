using System.Text;

namespace Portal.Smime.Tests.Support;

/// <summary>Messages that real and hostile senders write. All must be sealed, and come back byte for byte.</summary>
internal static class Corpus
{
    private const string Head = "From: A <a@sender.example>\r\nTo: b@vault.example\r\nSubject: s\r\nDate: Sun, 22 Nov 2026 14:00:00 +0100\r\nMessage-ID: <1@sender.example>\r\n";

    private static readonly Dictionary<string, string> Messages = new(StringComparer.Ordinal)
    {
        ["empty"] = "",
        ["one line end"] = "\r\n",
        ["no header"] = "\r\nbody\r\n",
        ["no header, two empty lines"] = "\r\n\r\nbody\r\n",
        ["bare text"] = "Hello world\r\nthis is no header\r\n",
        ["text with a colon behind a space"] = "Hello world: this is no header\r\n\r\nbody",
        ["begins folded"] = " folded\r\nSubject: x\r\n\r\nbody",
        ["header only"] = Head,
        ["header only without line end"] = "Subject: x",
        ["content type at the very end"] = Head + "Content-Type: text/plain",
        ["content type with semicolon at the very end"] = Head + "Content-Type: text/plain;",
        ["content type and space at the very end"] = Head + "Content-Type: text/plain ;",
        ["no content type"] = Head + "\r\nbody\r\n",
        ["no content type, MIME-Version"] = Head + "MIME-Version: 1.0\r\n\r\nbody\r\n",
        ["plain"] = Head + "Content-Type: text/plain\r\n\r\nbody\r\n",
        ["folded content type"] = Head + "Content-Type: multipart/mixed;\r\n\tboundary=\"a;\r\n b\"\r\nX: y\r\n\r\n--a; b\r\n\r\nx\r\n--a; b--\r\n",
        ["trailing semicolon"] = Head + "Content-Type: text/plain; charset=utf-8;\r\n\r\nbody\r\n",
        ["trailing semicolon and folded white space"] = Head + "Content-Type: text/plain; charset=utf-8; \r\n \r\n\r\nbody\r\n",
        ["trailing semicolon and comment"] = Head + "Content-Type: text/plain; charset=utf-8; (a ; (nested\\)) comment)\r\n\r\nbody\r\n",
        ["trailing comment with semicolon"] = Head + "Content-Type: text/plain (plain;)\r\n\r\nbody\r\n",
        ["quoted semicolon"] = Head + "Content-Type: text/plain; name=\"x;\"\r\n\r\nbody\r\n",
        ["unclosed quote"] = Head + "Content-Type: text/plain; name=\"x;\r\n\r\nbody\r\n",
        ["empty content type"] = Head + "Content-Type:\r\n\r\nbody\r\n",
        ["content type twice"] = Head + "Content-Type: text/plain\r\ncontent-type: text/html;\r\n\r\nbody\r\n",
        ["odd case, space before colon"] = "cONTENT-tYPE : text/html\r\nsubject : x\r\n\r\n<p>body",
        ["content type first and ours already there"] = "Content-Type: text/plain ; hp=\"cipher\"\r\n\r\nbody",
        ["HP-Outer of the sender"] = "HP-Outer: Subject: [...]\r\nHP-Outer: From: x\r\n" + Head + "Content-Type: text/plain\r\n\r\nbody",
        ["our trace fields of another hop"] = Sealed.Trace + Head + "\r\nbody",
        ["mbox line"] = "From a@sender.example Sun Nov 22 14:00:00 2026\r\n" + Head + "Content-Type: text/plain\r\n\r\nbody",
        ["mbox line, no content type"] = "From a@sender.example Sun Nov 22 14:00:00 2026\r\n" + Head + "\r\nbody",
        ["mbox line alone"] = "From a@sender.example Sun Nov 22 14:00:00 2026\r\n\r\nbody",
        ["8-bit header"] = "Subject: Gr\u00c3\u00bc\u00c3\u009fe \u00ff\u00fe\r\nFrom: J\u00f6rg <j@sender.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\u00ff\u00fe\u0000\u0001",
        ["garbage in the header"] = "Subject: x\r\nthis line has no colon\r\nContent-Type: text/html\r\n\r\n<p>body",
        ["line feeds only"] = "Subject: x\nContent-Type: text/plain\nX: y\n\nbody\n",
        ["bare carriage returns"] = "Subject: x\rContent-Type: text/plain\r\r\nX: y\r\n\r\nbody\r",
        ["NUL bytes"] = "Subject: \0x\0\r\nContent-Type: text/plain;\0\r\n\r\n\0",
        ["100 KB field"] = "X-Big: " + new string('x', 100_000) + "\r\n" + Head + "Content-Type: text/plain\r\n\r\nbody",
        ["100 KB of folds"] = "X-Big: " + string.Concat(Enumerable.Repeat("a\r\n ", 25_000)) + "\r\n" + Head + "Content-Type: text/plain\r\n\r\nbody",
        ["2 MB header"] = Head + string.Concat(Enumerable.Repeat("X-Many: 0123456789012345678901234567890123456789\r\n", 40_000)) + "Content-Type: text/html\r\n\r\nbody",
        ["encrypted already"] = Head + "MIME-Version: 1.0\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\nMIAGCSqGSIb3DQEHA6CAMIACAQAxgg==\r\n",
        ["signed"] = Head + "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nx\r\n--b--\r\n",
        ["deeply nested"] = Head + Nested(200),
        ["boundary never used"] = Head + "Content-Type: multipart/mixed; boundary=never\r\n\r\n--other\r\n\r\nx\r\n",
        ["empty boundary"] = Head + "Content-Type: multipart/mixed; boundary=\"\"\r\n\r\n--\r\n\r\nx\r\n----\r\n",
        ["ten thousand parts"] = Head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + string.Concat(Enumerable.Repeat("--b\r\nContent-Type: image/png\r\n\r\nx\r\n", 10_000)) + "--b--\r\n",
    };

    public static TheoryData<string> Names => [.. Messages.Keys];

    public static byte[] Get(string name) => Encoding.Latin1.GetBytes(Messages[name]);

    private static string Nested(int depth)
    {
        var text = new StringBuilder();
        for (var level = 0; level < depth; level++)
        {
            text.Append("Content-Type: multipart/mixed; boundary=b").Append(level).Append("\r\n\r\n--b").Append(level).Append("\r\n");
        }

        return text.Append("\r\nx\r\n").ToString();
    }
}
