using Portal.Vault;
using Portal.Web.Components.Log;

namespace Portal.Web.Tests.Components.Log;

public sealed class LogQueryFieldTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 18, 0, 0, TimeSpan.Zero);
    private static readonly LogQuery Plain = LogQuery.Parse(null, null, null, null, null);

    [Fact]
    public void WithFields_EveryFilter_ReadsBackTheSame()
    {
        var (vaultbox, message) = (Guid.NewGuid(), Guid.NewGuid());
        var query = Plain.WithFields(new LogFields
        {
            From = "2026-11-24 17:30", To = "2026-11-24T17:45:00Z", Code = "550 5.1.1", Domain = " vault.test ", Address = "mara@vault.test", PeerIp = "2001:db8::1",
            VaultboxId = $"{vaultbox}", Message = $"{message:N}",
        }, Now);

        Assert.Equal(
            $"?from=2026-11-24T17%3A30%3A00Z&to=2026-11-24T17%3A45%3A00Z&code=550%205.1.1&domain=vault.test&address=mara%40vault.test&ip=2001%3Adb8%3A%3A1&vaultbox={vaultbox}&message={message}",
            query.ToQuery());
        Assert.True(query is { IsFixed: true, IsFiltered: true });
    }

    [Theory]
    [InlineData("2026-11-24", null)]
    [InlineData(null, "2026-11-24")]
    [InlineData("2026-11-25", "2026-11-24")]
    [InlineData("soon", "later")]
    public void WithFields_HalfATime_IsLeftOut(string? from, string? to)
    {
        var query = Plain.WithFields(new LogFields { From = from, To = to, Code = "nonsense", PeerIp = "1", VaultboxId = "x" }, Now);

        Assert.Equal("", query.ToQuery());
        Assert.False(query.IsFixed);
    }

    /// <summary>A link that someone sent.</summary>
    [Theory]
    [InlineData("0001-01-02", "9990-01-01")]
    [InlineData("1999-12-31", "2000-01-02")]
    [InlineData("2010-01-01", "2026-11-24")]
    [InlineData("2026-11-26", "9999-12-31T23:59:59Z")]
    public void WithFields_TimeOutOfRange_IsLeftOut(string from, string to) =>
        Assert.Equal("", Plain.WithFields(new LogFields { From = from, To = to }, Now).ToQuery());

    [Fact]
    public void WithFields_EndInTheFuture_EndsTomorrow() =>
        Assert.Equal("?from=2026-11-23T00%3A00%3A00Z&to=2026-11-25T18%3A00%3A00Z", Plain.WithFields(new LogFields { From = "2026-11-23", To = "9999-12-31" }, Now).ToQuery());

    [Fact]
    public void ToRequest_FixedTime_IsAskedAsItIs()
    {
        var request = Plain.WithFields(new LogFields { From = "2026-11-24T17:30:00Z", To = "2026-11-24T17:45:00Z" }, Now)
            .ToRequest(VaultActor.Session(Guid.NewGuid(), true, DateTimeOffset.MaxValue), DateTimeOffset.UnixEpoch);

        Assert.Equal((17, 30, 45), (request.From!.Value.Hour, request.From.Value.Minute, request.To!.Value.Minute));
    }
}
