using System.Buffers;
using Portal.Mail.Smtp.Replies;
using Portal.Mail.Transport;

namespace Portal.Mail.Smtp.Data;

/// <summary>
/// Reads message data (RFC 5321 section 4.1.1.4) octet by octet, wherever the network cuts it. The end is CRLF "." CRLF and nothing
/// else. Once a fault is found the content is let go and the rest is only skipped up to that end, so none of it is run as a command.
/// </summary>
internal sealed class DataMachine(DataLimits limits, PooledContent content)
{
    private static readonly SearchValues<byte> Special = SearchValues.Create("\r\n\0"u8);

    private enum Place : byte
    {
        // The CRLF that ended the DATA line counts as the first of CRLF "." CRLF.
        LineStart,
        InLine,
        AfterCr,
        AfterDot,
        AfterDotCr,
        End,
    }

    private Place _place = Place.LineStart;
    private HeaderWatch _header = new();
    private long _lineOctets;

    /// <summary>Why the message is refused, or null so far. A permanent fault displaces a temporary one.</summary>
    public Refusal? Fault { get; private set; }

    /// <summary>Octets consumed, with dot-stuffing and the end of data.</summary>
    public long Received { get; private set; }

    /// <summary>Octets looked at or copied, counted where it is done: grows linearly with the input, however it is cut.</summary>
    public long Work { get; private set; }

    /// <summary>A refused message may go on for as long again as the largest message; past that the session is ended.</summary>
    public bool IsOverrun => Fault is not null && Received > 2 * limits.MaxMessageBytes;

    /// <summary>True when the end of data was met; octets after <paramref name="consumed"/> are the next command.</summary>
    public bool Consume(ReadOnlySpan<byte> input, out int consumed)
    {
        consumed = 0;
        while (_place != Place.End && consumed < input.Length)
            consumed += Step(input[consumed..]);
        Received += consumed;
        return _place == Place.End;
    }

    private int Step(ReadOnlySpan<byte> input)
    {
        switch (_place)
        {
            case Place.LineStart when input[0] == '.':
                return Move(Place.AfterDot);

            case Place.AfterDot when input[0] == '\r':
                return Move(Place.AfterDotCr);

            case Place.AfterDotCr when input[0] == '\n':
                return Move(Place.End);

            case Place.AfterCr when input[0] == '\n':
                EndLine();
                return Move(Place.LineStart);

            case Place.AfterCr or Place.AfterDotCr:
                // The CR just passed stands alone; what follows is read as part of the same line.
                Fail(Refusals.DataBareCr);
                _place = Place.InLine;
                return 0;

            default:
                // LineStart, or AfterDot with the stuffed dot left out (RFC 5321 section 4.5.2), or within the line.
                _place = Place.InLine;
                return Run(input);
        }
    }

    private int Move(Place next)
    {
        Work++;
        _place = next;
        return 1;
    }

    /// <summary>Takes everything up to the next CR, LF or NUL, and that octet too.</summary>
    private int Run(ReadOnlySpan<byte> input)
    {
        var special = input.IndexOfAny(Special);
        var run = special < 0 ? input : input[..special];
        Work += run.Length;
        if (!run.IsEmpty)
            TakeRun(run);
        if (special < 0)
            return run.Length;

        switch (input[special])
        {
            case (byte)'\r':
                return run.Length + Move(Place.AfterCr);
            case (byte)'\n':
                // Stays within the line: a bare LF starts no line, so a dot after it ends nothing.
                Fail(Refusals.DataBareLf);
                return run.Length + Move(Place.InLine);
            default:
                Fail(Refusals.DataNul);
                return run.Length + Move(Place.InLine);
        }
    }

    private void TakeRun(ReadOnlySpan<byte> run)
    {
        _lineOctets += run.Length;
        if (Fault is not null)
            return;

        _header.Run(run);
        if (_lineOctets > limits.MaxLineBytes)
            Fail(Refusals.DataLineTooLong);
        else if (_header.Octets > limits.MaxHeaderBytes)
            Fail(Refusals.DataHeaderTooLarge);
        else if (_header.ReceivedFields > limits.MaxReceivedFields)
            Fail(Refusals.DataLoop);
        else
            Keep(run);
    }

    private void EndLine()
    {
        if (Fault is null)
        {
            _header.EndLine(wasEmpty: _lineOctets == 0);
            Keep("\r\n"u8);
        }

        _lineOctets = 0;
    }

    private void Keep(ReadOnlySpan<byte> octets)
    {
        Work += octets.Length;
        if (content.Length + octets.Length > limits.MaxMessageBytes)
            Fail(Refusals.DataTooLarge);
        else if (!content.TryAppend(octets))
            Fail(Refusals.OverBudget);
    }

    private void Fail(Refusal fault)
    {
        if (Fault is null || (Fault.Reply.Code < 500 && fault.Reply.Code >= 500))
            Fault = fault;
        content.Dispose();
    }
}
