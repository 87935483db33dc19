using System.Text;

namespace Portal.Smime.Tests.Support;

/// <summary>Reproducible malformed messages: header and MIME fragments mixed with random bytes.</summary>
internal static class Noise
{
    private static readonly string[] Fragments =
    [
        "Subject: ", "From: ", "To: ", "Cc: ", "Date: ", "Message-ID: ", "References: ", "In-Reply-To: ", "Content-Type: ", "content-type:",
        "Content-Disposition: attachment; filename=", "Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: quoted-printable",
        "MIME-Version: 1.0", "HP-Outer: Subject: x", "From x ", "multipart/mixed; boundary=b", "multipart/related; boundary=\"b c\"", "text/html; charset=",
        "message/rfc822", "\r\n", "\r\n", "\r\n", "\r\n\r\n", "\n", "\r", "\r\n ", "\r\n\t", "\r\n--b\r\n", "\r\n--b--\r\n", "--", "=?utf-8?B?", "=?utf-8?Q?=ff?=", "?=", "\"",
        "(", ")", "\\", "<", ">", "@", ",", ";", ":", "[", "]", "a@b.example", "undisclosed-recipients:;", "=3D", "<style>", "<p>", "&amp;", "&#x110000;", "</", "<!--",
        "name*0*=utf-8''%ff", "; name*=x'y'%00", "\u00e4", "\u00ff\u00fe", "\0", "\u0080", "xn--", "Sun, 99 Nov 2026 25:61:61 +9999", "hp=\"cipher\"", " ; ",
    ];

    public static byte[] Make(int seed)
    {
        var state = unchecked(((ulong)seed * 6364136223846793005UL) + 1442695040888963407UL);
        uint Next(int bound)
        {
            state = unchecked((state * 6364136223846793005UL) + 1442695040888963407UL);
            return (uint)((state >> 33) % (ulong)bound);
        }

        var text = new StringBuilder();
        for (var count = Next(120); count > 0; count--)
        {
            if (Next(4) == 0)
            {
                for (var random = Next(12); random > 0; random--)
                {
                    text.Append((char)Next(256));
                }
            }
            else
            {
                text.Append(Fragments[Next(Fragments.Length)]);
            }
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }
}
