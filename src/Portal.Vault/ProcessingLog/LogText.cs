namespace Portal.Vault.ProcessingLog;

/// <summary>Text from a peer on its way into a column: no control characters (PostgreSQL takes no NUL), no more than the column holds.</summary>
public static class LogText
{
    private const int AddressLength = 320;

    /// <summary>An envelope address as the log keeps it: in lower case, so that it is found however it was typed.</summary>
    public static string? Address(string? address) => Cap(address?.ToLowerInvariant(), AddressLength);

    /// <param name="maxLength">In UTF-16 code units.</param>
    public static string? Cap(string? text, int maxLength)
    {
        if (text is null)
            return null;
        if (text.AsSpan().IndexOfAnyInRange('\0', '\u001f') >= 0)
            text = string.Concat(text.Where(c => !char.IsControl(c)));
        if (text.Length <= maxLength)
            return text;
        return text[..(char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength)];
    }
}
