using System.Text;

namespace Portal.Mail.Smtp.Commands;

/// <summary>A mailbox out of a path.</summary>
/// <param name="LocalPart">Unquoted.</param>
/// <param name="Domain">Lower-case A-label or address literal; empty for <c>&lt;postmaster&gt;</c>.</param>
/// <param name="IsAscii">Whether it was ASCII as sent.</param>
internal sealed record MailPath(string LocalPart, string Domain, bool IsAscii)
{
    /// <summary>The mailbox with its local part quoted again where it must be.</summary>
    public override string ToString()
    {
        if (PathGrammar.IsDotString(LocalPart))
            return $"{LocalPart}@{Domain}";

        var quoted = new StringBuilder(LocalPart.Length + 4).Append('"');
        foreach (var c in LocalPart)
        {
            if (c is '"' or '\\')
                quoted.Append('\\');
            quoted.Append(c);
        }

        return quoted.Append("\"@").Append(Domain).ToString();
    }
}
