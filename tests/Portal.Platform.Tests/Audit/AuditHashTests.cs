using System.Security.Cryptography;
using System.Text;
using Portal.Platform.Audit;

namespace Portal.Platform.Tests.Audit;

public sealed class AuditHashTests
{
    /// <summary>The encoding that docs/audit.md gives to whoever checks a chain by other means, written out by hand.</summary>
    [Fact]
    public void Of_AnEntry_IsWhatTheDocumentSays()
    {
        var entry = new AuditEntry
        {
            Seq = 7, OutboxId = Guid.Parse("018f2f4e-6c1a-7c3e-9d50-0b1c2d3e4f50"), OccurredAt = new DateTimeOffset(2026, 11, 23, 3, 4, 5, TimeSpan.Zero).AddTicks(1234567),
            ActorKind = "person", Actor = Guid.Parse("00000000-0000-4000-8000-000000000001"), Act = "account.role_changed", TargetKind = "account",
            Owner = Guid.Parse("00000000-0000-4000-8000-000000000002"), Before = """{"role":"user"}""", After = """{"role":"admin"}""",
            FromHash = [1, 2, 3], PrevHash = new byte[32],
        };
        var encoded = new List<byte>();
        Text("vaultbox-portal audit entry 1");
        Text("7");
        Text("018f2f4e-6c1a-7c3e-9d50-0b1c2d3e4f50");
        Text("2026-11-23T03:04:05.123456Z");
        Text("person");
        Text("00000000-0000-4000-8000-000000000001");
        Absent();
        Text("account.role_changed");
        Text("account");
        Absent();
        Text("00000000-0000-4000-8000-000000000002");
        Text("""{"role":"user"}""");
        Text("""{"role":"admin"}""");
        encoded.AddRange([0, 0, 0, 3, 1, 2, 3]);
        Absent();
        encoded.AddRange([0, 0, 0, 32, .. new byte[32]]);

        Assert.Equal(SHA256.HashData([.. encoded]), AuditHash.Of(entry));

        void Text(string text) => encoded.AddRange([0, 0, 0, (byte)text.Length, .. Encoding.UTF8.GetBytes(text)]);
        void Absent() => encoded.AddRange([255, 255, 255, 255]);
    }

    [Fact]
    public void OfValue_WithAnotherSalt_IsAnother() =>
        Assert.NotEqual(AuditHash.OfValue(new byte[16], "{}"), AuditHash.OfValue([1, .. new byte[15]], "{}"));
}
