using System.Text;
using System.Text.RegularExpressions;

namespace Portal.EndToEnd.Tests.Support;

/// <summary>Takes out what sealing adds to a message, as docs/rfcs.md lists it: what is left is what was sent.</summary>
public static partial class AddedLines
{
    public static byte[] Remove(byte[] opened)
    {
        var text = Encoding.Latin1.GetString(opened);
        text = Ours().Replace(text, string.Empty, 1);
        text = OuterCopies().Replace(text, string.Empty);
        return Encoding.Latin1.GetBytes(Parameter().Replace(text, string.Empty, 1));
    }

    /// <summary>Our Received and Authentication-Results stand first.</summary>
    [GeneratedRegex(@"\AReceived: .*\r\n(?:[ \t].*\r\n)*(?:Authentication-Results: .*\r\n(?:[ \t].*\r\n)*)?")]
    private static partial Regex Ours();

    [GeneratedRegex(@"(?m)^HP-Outer: .*\r\n(?:[ \t].*\r\n)*")]
    private static partial Regex OuterCopies();

    [GeneratedRegex(@"(?m)^ ;? ?hp=""cipher""\r\n")]
    private static partial Regex Parameter();
}
