using System.IO.Pipelines;
using Portal.Mail.Transport;

namespace Portal.Mail.Smtp.Data;

internal enum DataEnd
{
    /// <summary>The end of data was met, with or without a fault.</summary>
    Complete,

    /// <summary>A refused message went on too long.</summary>
    Overrun,

    Disconnected,

    /// <summary>A timer fired; the clock tells which.</summary>
    Expired,
}

/// <summary>Feeds the machine from the connection, under the idle timeout and the minimum rate.</summary>
internal static class DataReceiver
{
    public static async ValueTask<DataEnd> ReceiveAsync(
        SmtpChannel channel, DataMachine machine, SessionClock clock, SmtpServerOptions options)
    {
        var started = clock.Time.GetTimestamp();
        Arm(machine, clock, options, started);
        try
        {
            // Armed before the 354 goes out: the peer's time starts when it may send.
            await channel.FlushAsync();
            while (true)
            {
                var result = await channel.Input.ReadAsync(clock.Expired);
                if (Feed(channel.Input, result, machine))
                    return DataEnd.Complete;
                if (machine.IsOverrun)
                    return DataEnd.Overrun;
                if (result.IsCompleted)
                    return DataEnd.Disconnected;
                Arm(machine, clock, options, started);
            }
        }
        catch (OperationCanceledException) when (clock.Cause != ClockCause.None)
        {
            return DataEnd.Expired;
        }
        finally
        {
            clock.Disarm();
        }
    }

    private static bool Feed(PipeReader input, ReadResult result, DataMachine machine)
    {
        var position = result.Buffer.Start;
        foreach (var part in result.Buffer)
        {
            var ended = machine.Consume(part.Span, out var consumed);
            position = result.Buffer.GetPosition(consumed, position);
            if (ended)
            {
                input.AdvanceTo(position);
                return true;
            }
        }

        input.AdvanceTo(result.Buffer.End);
        return false;
    }

    /// <summary>Octets so far earn time at the minimum rate, on top of the grace.</summary>
    private static void Arm(DataMachine machine, SessionClock clock, SmtpServerOptions options, long started)
    {
        if (options.MinDataBytesPerSecond > 0)
        {
            var earned = options.DataRateGrace + TimeSpan.FromSeconds((double)machine.Received / options.MinDataBytesPerSecond);
            var left = earned - clock.Time.GetElapsedTime(started);
            if (left < options.DataTimeout)
            {
                clock.Arm(left, ClockCause.DataTooSlow);
                return;
            }
        }

        clock.Arm(options.DataTimeout, ClockCause.DataTimeout);
    }
}
