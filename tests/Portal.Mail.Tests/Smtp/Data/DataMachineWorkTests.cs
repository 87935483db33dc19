using System.Text;
using Portal.Mail.Smtp.Data;
using Portal.Mail.Transport;

namespace Portal.Mail.Tests.Smtp.Data;

/// <summary>Doubling the input at most doubles the octets touched, whatever the input is made of and however it is cut.</summary>
public sealed class DataMachineWorkTests
{
    public static TheoryData<string, int> Shapes()
    {
        var shapes = new TheoryData<string, int>();
        foreach (var unit in new[] { "a", "\r\n", ".\r", ".", "..\r\n", "\r", "\n", "\0", "Received: x\r\n", "receive", "a: b\r\n\r\n", "\r\n.\r", new string('z', 990) + "\r\n" })
        {
            foreach (var chunk in new[] { 1, 3, 4096, int.MaxValue })
                shapes.Add(unit, chunk);
        }

        return shapes;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Consume_DoubledInput_TouchesAtMostDouble(string unit, int chunk)
    {
        var (once, twice) = (Work(unit, 20_000, chunk), Work(unit, 40_000, chunk));

        Assert.True(twice <= (2 * once) + 16, $"{once} then {twice}");
        // Each octet is looked at once and copied at most once.
        Assert.InRange(twice, 1, 2 * 40_000 + 16);
    }

    private static long Work(string unit, int length, int chunk)
    {
        var text = new StringBuilder();
        while (text.Length < length)
            text.Append(unit);
        var octets = Encoding.Latin1.GetBytes(text.ToString(0, length));

        using var content = new PooledContent(new SegmentPool(10_000_000));
        var machine = new DataMachine(new DataLimits(1_000_000, 1_000_000, 1_000_000, 1_000_000), content);
        for (var at = 0; at < octets.Length; at += Math.Min(chunk, octets.Length - at))
            machine.Consume(octets.AsSpan(at, Math.Min(chunk, octets.Length - at)), out _);
        return machine.Work;
    }
}
