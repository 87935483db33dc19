using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.Sessions;

/// <summary>
/// Whether the time of a refusal tells that an account exists. Samples of the two kinds alternate, so that whatever else the machine
/// does meets both; the Mann–Whitney test then asks whether one kind tends to take longer. With <c>--deep</c>: 500 of each at the
/// default cost; otherwise fewer at a lower cost, and only a gross difference fails.
/// </summary>
public sealed class SignInTimingTests(PostgresCluster cluster) : PlatformTest(cluster)
{
    private const int Accounts = 10;

    private static readonly bool IsDeep = string.Equals(Environment.GetEnvironmentVariable("PORTAL_TEST_DEEP"), "1", StringComparison.Ordinal);
    private static readonly int Samples = IsDeep ? 500 : 60;

    /// <summary>Of the standard normal distribution: two-sided error of one in a thousand, or of one in a million.</summary>
    private static readonly double Limit = IsDeep ? 3.29 : 4.89;

    [Fact]
    public async Task SignIn_UnknownNameOrWrongPassword_TakesNoLongerThanTheOther()
    {
        for (var i = 0; i < Accounts; i++)
            await AddUserAsync($"known{i}@example.org");
        var (known, unknown) = (new List<double>(Samples), new List<double>(Samples));
        await TimeAsync("known0@example.org");
        await TimeAsync("nobody0@example.org");

        for (var i = 0; i < Samples; i++)
        {
            // Either goes first as often as the other.
            if (i % 2 == 0)
                known.Add(await TimeAsync($"known{i % Accounts}@example.org"));
            unknown.Add(await TimeAsync($"nobody{i % Accounts}@example.org"));
            if (i % 2 == 1)
                known.Add(await TimeAsync($"known{i % Accounts}@example.org"));
        }

        var z = RankTest.MannWhitney(known, unknown);
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(
            $"{Samples} of each; median {RankTest.Median(known):F3} ms known, {RankTest.Median(unknown):F3} ms unknown; z = {z:F2}"));
        Assert.InRange(z, -Limit, Limit);
    }

    [Fact]
    public void MannWhitney_OneKindALittleSlower_IsFound()
    {
        var fast = Enumerable.Range(0, Samples).Select(i => 10 + (i % 7)).Select(i => (double)i).ToList();

        Assert.True(RankTest.MannWhitney([.. fast.Select(sample => sample + 3)], fast) > Limit);
    }

    protected override void Configure(PlatformOptions options)
    {
        options.BcryptCost = IsDeep ? 12 : 8;
        options.BcryptThreads = 1;
        options.LockoutFailures = 100;
        options.AttemptsPerAddress = 1_000_000;
        options.AttemptsPerNetwork = 1_000_000;
    }

    private async Task<double> TimeAsync(string email)
    {
        var started = Stopwatch.GetTimestamp();
        var refused = await Services.GetRequiredService<SignIn>().HandleAsync(new SignInRequest(email, "not the password", Ip, "test"), Cancel);
        var taken = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        Assert.Equal("sign_in_refused", refused.Failure?.Code);
        return taken;
    }
}
