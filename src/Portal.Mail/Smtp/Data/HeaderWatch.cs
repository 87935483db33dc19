namespace Portal.Mail.Smtp.Data;

/// <summary>Measures the header section and counts Received fields as the octets go by.</summary>
internal struct HeaderWatch
{
    private const int Mismatch = -1;
    private int _matched;
    private bool _isOver;

    public HeaderWatch()
    {
    }

    private static ReadOnlySpan<byte> FieldName => "received"u8;

    /// <summary>Octets of the header section so far, CRLFs included.</summary>
    public long Octets { get; private set; }

    public int ReceivedFields { get; private set; }

    /// <summary>A piece of the current line.</summary>
    public void Run(ReadOnlySpan<byte> octets)
    {
        if (_isOver)
            return;
        Octets += octets.Length;
        for (var i = 0; _matched != Mismatch && i < octets.Length; i++)
            Match(octets[i]);
    }

    public void EndLine(bool wasEmpty)
    {
        if (_isOver)
            return;
        Octets += 2;
        _matched = 0;
        // The first empty line ends the header section (RFC 5322 section 2.1).
        _isOver = wasEmpty;
    }

    /// <summary>"Received" *WSP ":" at the start of a line, in any case (RFC 5322 sections 3.6.7 and 4.5.7).</summary>
    private void Match(byte octet)
    {
        if (_matched < FieldName.Length)
        {
            _matched = (octet | 0x20) == FieldName[_matched] ? _matched + 1 : Mismatch;
            return;
        }

        if (octet is (byte)' ' or (byte)'\t')
            return;
        if (octet == (byte)':')
            ReceivedFields++;
        _matched = Mismatch;
    }
}
