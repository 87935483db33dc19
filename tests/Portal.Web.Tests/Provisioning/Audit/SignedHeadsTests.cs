using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using Portal.Platform.Audit;
using Portal.Web.Provisioning.Audit;

namespace Portal.Web.Tests.Provisioning.Audit;

public sealed class SignedHeadsTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("heads-");
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string HeadsPath => Path.Combine(directory.FullName, AuditHosting.HeadsFile);

    public void Dispose()
    {
        key.Dispose();
        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Append_TwoHeads_AreReadBackInOrderByAnotherInstance()
    {
        var (one, two) = (Head(1), Head(2));
        await Heads().AppendAsync(one, Cancel);
        await Heads().AppendAsync(two, Cancel);

        var read = await Heads().ReadAsync(Cancel);

        Assert.Equal([1L, 2L], read.Good.Select(head => head.Seq));
        Assert.Equal(one.Hash, read.Good[0].Hash);
        Assert.Null(read.ForgedSeq);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(HeadsPath));
    }

    [Fact]
    public async Task Append_TheSameHeadAgain_AddsNoLine()
    {
        var heads = Heads();
        var head = Head(1);

        await heads.AppendAsync(head, Cancel);
        await heads.AppendAsync(head, Cancel);

        Assert.Single(await File.ReadAllLinesAsync(HeadsPath, Cancel));
    }

    [Theory]
    [InlineData("\"seq\":7", "\"seq\":8")]
    [InlineData("\"at\":\"2", "\"at\":\"3")]
    [InlineData("\"signature\":\"", "\"signature\":\"A")]
    public async Task Read_AHeadThatWasAltered_NamesIt(string what, string with)
    {
        await Heads().AppendAsync(Head(7), Cancel);
        var text = await File.ReadAllTextAsync(HeadsPath, Cancel);
        Assert.Contains(what, text, StringComparison.Ordinal);

        await File.WriteAllTextAsync(HeadsPath, text.Replace(what, with, StringComparison.Ordinal), Cancel);

        var read = await Heads().ReadAsync(Cancel);
        Assert.Empty(read.Good);
        Assert.NotNull(read.ForgedSeq);
    }

    [Fact]
    public async Task Read_AHeadOfAnotherKey_NamesIt()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await new SignedHeads(HeadsPath, other, time).AppendAsync(Head(3), Cancel);

        var read = await Heads().ReadAsync(Cancel);

        Assert.Equal((0, 3L), (read.Good.Count, read.ForgedSeq));
    }

    /// <summary>A crash leaves half a line: it says nothing, and what comes after it is whole.</summary>
    [Fact]
    public async Task Append_AfterALineThatWasCutShort_BeginsANewOne()
    {
        await Heads().AppendAsync(Head(1), Cancel);
        await File.AppendAllTextAsync(HeadsPath, "{\"seq\":2,\"ha", Cancel);

        await Heads().AppendAsync(Head(3), Cancel);

        var read = await Heads().ReadAsync(Cancel);
        Assert.Equal([1L, 3L], read.Good.Select(head => head.Seq));
        Assert.Null(read.ForgedSeq);
    }

    private SignedHeads Heads() => new(HeadsPath, key, time);

    private static AuditHead Head(long seq) => new(seq, RandomNumberGenerator.GetBytes(AuditHash.Size));
}
