namespace Portal.Mail.Smtp.Commands;

/// <summary>A place in a command line that only moves forward, so that a grammar reads each character a bounded number of times.</summary>
internal ref struct TextCursor(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _left = text;

    public readonly bool IsAtEnd => _left.IsEmpty;

    /// <summary>The next character, or NUL at the end (a line holds none).</summary>
    public readonly char Next => _left.IsEmpty ? '\0' : _left[0];

    public char TakeOne()
    {
        var c = _left[0];
        _left = _left[1..];
        return c;
    }

    public bool TryTake(char expected)
    {
        if (Next != expected)
            return false;
        _left = _left[1..];
        return true;
    }

    public bool TakeKeyword(ReadOnlySpan<char> keyword)
    {
        if (!_left.StartsWith(keyword, StringComparison.OrdinalIgnoreCase))
            return false;
        _left = _left[keyword.Length..];
        return true;
    }

    /// <summary>Whether there was at least one.</summary>
    public bool SkipSpaces()
    {
        var before = _left.Length;
        _left = _left.TrimStart(' ');
        return _left.Length < before;
    }

    public ReadOnlySpan<char> TakeWord()
    {
        var space = _left.IndexOf(' ');
        return Take(space < 0 ? _left.Length : space);
    }

    /// <summary>Up to the first of the given characters, or to the end.</summary>
    public ReadOnlySpan<char> TakeUntilAny(ReadOnlySpan<char> stops)
    {
        var stop = _left.IndexOfAny(stops);
        return Take(stop < 0 ? _left.Length : stop);
    }

    private ReadOnlySpan<char> Take(int count)
    {
        var taken = _left[..count];
        _left = _left[count..];
        return taken;
    }
}
