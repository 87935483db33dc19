using System.Net;
using System.Text;

namespace Portal.Platform.SystemMail;

/// <summary>
/// The one look of the portal's messages: the same words as text and as HTML. Nothing is loaded from anywhere, nothing counts who
/// reads, and a link is shown in full so that it can be judged before it is followed.
/// </summary>
internal static class SystemMailLayout
{
    private const string Sender = "Vaultbox";

    /// <summary>Lines of at most 76 characters where words allow it, CRLF.</summary>
    public static string Text(SystemMailContent content, Uri portal)
    {
        var text = new StringBuilder();
        foreach (var paragraph in content.Paragraphs)
            text.AppendJoin("\r\n", Wrap(paragraph)).Append("\r\n\r\n");
        if (content.Action is { } action)
            text.Append(action.Label).Append(":\r\n").Append(Link(portal, action)).Append("\r\n\r\n");
        return text.Append("-- \r\n").Append(Sender).Append(", ").Append(portal.GetLeftPart(UriPartial.Authority)).Append("\r\n").ToString();
    }

    public static string Html(SystemMailContent content, Uri portal)
    {
        var html = new StringBuilder("<!DOCTYPE html>\r\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\"><title>")
            .Append(Encode(content.Subject))
            .Append("</title></head>\r\n<body style=\"margin:0;padding:24px;font:15px/24px system-ui,sans-serif\">\r\n<div style=\"max-width:34em\">\r\n");
        foreach (var paragraph in content.Paragraphs)
            html.Append("<p style=\"margin:0 0 16px\">").Append(Encode(paragraph)).Append("</p>\r\n");
        if (content.Action is { } action)
        {
            var link = Encode(Link(portal, action));
            html.Append("<p style=\"margin:0 0 16px\"><strong>").Append(Encode(action.Label)).Append("</strong><br>\r\n<a href=\"").Append(link)
                .Append("\" style=\"word-break:break-all\">").Append(link).Append("</a></p>\r\n");
        }

        return html.Append("<p style=\"margin:24px 0 0;font-size:13px\">").Append(Sender).Append(", ")
            .Append(Encode(portal.GetLeftPart(UriPartial.Authority))).Append("</p>\r\n</div>\r\n</body></html>\r\n").ToString();
    }

    private static string Link(Uri portal, SystemMailAction action) => new Uri(portal, action.Path).AbsoluteUri;

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static IEnumerable<string> Wrap(string paragraph)
    {
        const int width = 76;
        var line = new StringBuilder();
        foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : string.Empty).Append(word);
        }

        yield return line.ToString();
    }
}
