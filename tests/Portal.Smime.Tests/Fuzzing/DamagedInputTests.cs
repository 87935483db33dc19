using System.Diagnostics;
using System.Globalization;

namespace Portal.Smime.Tests.Fuzzing;

/// <summary>Whatever strangers send: each reader ends with a value or its own refusal, never with an exception, and in time that grows with the length.</summary>
public sealed class DamagedInputTests
{
    private const int Inputs = 2_000;

    private static readonly bool IsDeep = string.Equals(Environment.GetEnvironmentVariable("PORTAL_TEST_DEEP"), "1", StringComparison.Ordinal);

    // Ten minutes for all targets together.
    private static readonly TimeSpan DeepTime = TimeSpan.FromMinutes(10) / FuzzTargets.Names.Count;

    public static TheoryData<string> Targets => [.. FuzzTargets.Names];

    /// <summary>
    /// All that is right, all of the corpus, then changed ones of both: 2,000 that are the same in every run, and in the deep suite as many
    /// as its time takes, others in every run. What goes a new way is changed further, and joins the corpus in the deep suite.
    /// </summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void Reader_DamagedInput_EndsAsPromised(string name)
    {
        var target = FuzzTargets.Get(name);
        var pool = new List<byte[]>([.. target.Seeds, .. FuzzCorpus.Read(name)]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var input in pool)
        {
            seen.Add(Run(target, input, "of the corpus"));
        }

        var first = IsDeep ? Random.Shared.Next(int.MaxValue / 2) : 0;
        var began = Stopwatch.GetTimestamp();
        var count = 0;
        for (; IsDeep ? Stopwatch.GetElapsedTime(began) < DeepTime : count < Inputs; count++)
        {
            var input = Damage.Of(pool[count % pool.Count], first + count);
            if (seen.Add(Run(target, input, string.Create(CultureInfo.InvariantCulture, $"seed {first + count}"))) && input.Length <= FuzzCorpus.LargestKept)
            {
                pool.Add(input);
                if (IsDeep)
                {
                    FuzzCorpus.Keep(name, input);
                }
            }
        }

        TestContext.Current.SendDiagnosticMessage($"{name}: {count} inputs from seed {first}, {seen.Count} ways");
    }

    /// <summary>Indefinite lengths within one another, which a parser that looks for each end anew takes quadratic time for.</summary>
    [Theory]
    [InlineData(new byte[] { 0x30, 0x80 })]
    [InlineData(new byte[] { 0xa0, 0x80 })]
    [InlineData(new byte[] { 0x24, 0x80 })]
    [InlineData(new byte[] { 0x31, 0x80 })]
    public void Readers_DeeplyNestedBer_TakeTimeByItsLength(byte[] level)
    {
        var nested = new byte[CertificateReader.MaximumInput];
        for (var at = 0; at < nested.Length; at++)
        {
            nested[at] = level[at % 2];
        }

        var started = Stopwatch.GetTimestamp();
        Assert.Equal(CertificateCodes.Unparsable, CertificateReader.Read(null, nested).Refusal?.Code);
        Assert.Null(SenderEnvelope.TryRead(nested, []));

        // Milliseconds when it is linear; 131,072 levels squared would be many seconds.
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private static string Run(FuzzTarget target, byte[] input, string where)
    {
        try
        {
            return target.Run(input);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"{target.Name}, {where}, kept as {FuzzCorpus.Keep(target.Name, input)}", error);
        }
    }
}
