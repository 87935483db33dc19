using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Portal.Mail.Smtp.Replies;

namespace Portal.Mail.Smtp.Commands;

/// <summary>Mail-parameters = esmtp-param *(SP esmtp-param) (RFC 5321 section 4.1.2)</summary>
internal readonly record struct MailParameters(long? Size, bool EightBit, bool SmtpUtf8, bool Any)
{
    [Flags]
    private enum Seen
    {
        None = 0,
        Size = 1,
        Body = 2,
        SmtpUtf8 = 4,
        Auth = 8,
    }

    public static bool TryTake(
        ref TextCursor cursor, bool knowsAuth, out MailParameters parameters, [NotNullWhen(false)] out Refusal? refusal)
    {
        parameters = default;
        refusal = null;
        var seen = Seen.None;
        while (!cursor.IsAtEnd && refusal is null)
        {
            // A parameter is parted from what precedes it by a space.
            if (!cursor.SkipSpaces())
                refusal = Refusals.BadSender;
            else
                refusal = TakeOne(cursor.TakeWord(), knowsAuth, ref parameters, ref seen);
        }

        return refusal is null;
    }

    /// <summary>esmtp-param = esmtp-keyword ["=" esmtp-value] (RFC 5321 section 4.1.2)</summary>
    private static Refusal? TakeOne(ReadOnlySpan<char> word, bool knowsAuth, ref MailParameters parameters, ref Seen seen)
    {
        var equals = word.IndexOf('=');
        var keyword = equals < 0 ? word : word[..equals];
        var value = equals < 0 ? default : word[(equals + 1)..];
        parameters = parameters with { Any = true };

        // size-value = 1*20DIGIT (RFC 1870 section 3)
        if (keyword.Equals("SIZE", StringComparison.OrdinalIgnoreCase))
        {
            if (!IsFirst(Seen.Size, ref seen) || !TryReadSize(value, out var size))
                return Refusals.BadParameter;
            parameters = parameters with { Size = size };
            return null;
        }

        // body-value = "7BIT" / "8BITMIME" (RFC 6152 section 2)
        if (keyword.Equals("BODY", StringComparison.OrdinalIgnoreCase))
        {
            var eightBit = value.Equals("8BITMIME", StringComparison.OrdinalIgnoreCase);
            if (!IsFirst(Seen.Body, ref seen) || !(eightBit || value.Equals("7BIT", StringComparison.OrdinalIgnoreCase)))
                return Refusals.BadParameter;
            parameters = parameters with { EightBit = eightBit };
            return null;
        }

        // No value (RFC 6531 section 3.4)
        if (keyword.Equals("SMTPUTF8", StringComparison.OrdinalIgnoreCase))
        {
            if (!IsFirst(Seen.SmtpUtf8, ref seen) || equals >= 0)
                return Refusals.BadParameter;
            parameters = parameters with { SmtpUtf8 = true };
            return null;
        }

        // Read and dropped: who signed in answers for the message, whoever he says sent it first (RFC 4954 section 5).
        if (knowsAuth && keyword.Equals("AUTH", StringComparison.OrdinalIgnoreCase))
            return IsFirst(Seen.Auth, ref seen) && IsXtext(value) ? null : Refusals.BadParameter;

        return Refusals.UnknownParameter;
    }

    /// <summary>xtext = *( xchar / "+" 2HEXDIG ), here of at least one octet (RFC 3461 section 4)</summary>
    private static bool IsXtext(ReadOnlySpan<char> value)
    {
        var isXtext = !value.IsEmpty;
        for (var i = 0; isXtext && i < value.Length; i++)
        {
            isXtext = value[i] is > ' ' and <= '~' and not '=';
            if (value[i] != '+')
                continue;
            isXtext = i + 2 < value.Length && char.IsAsciiHexDigitUpper(value[i + 1]) && char.IsAsciiHexDigitUpper(value[i + 2]);
            i += 2;
        }

        return isXtext;
    }

    private static bool IsFirst(Seen which, ref Seen seen)
    {
        var first = (seen & which) == Seen.None;
        seen |= which;
        return first;
    }

    private static bool TryReadSize(ReadOnlySpan<char> digits, out long size)
    {
        size = 0;
        if (digits.Length is 0 or > 20 || digits.ContainsAnyExceptInRange('0', '9'))
            return false;
        // Twenty digits may pass what a long holds; such a size is too large in any case.
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out size))
            size = long.MaxValue;
        return true;
    }
}
