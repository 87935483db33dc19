using System.Buffers;
using System.Security.Cryptography;
using Portal.Smime.Tests.Support;

namespace Portal.Smime.Tests.Sealing;

public sealed class MessageSealerTests
{
    public static TheoryData<string, HeaderPolicy> CorpusByPolicy =>
        [.. Corpus.Names.Select(static row => row.Data).SelectMany(static name => HeaderPolicies.All, static (name, policy) => (name, policy))];

    [Theory]
    [MemberData(nameof(CorpusByPolicy))]
    public void Seal_AwkwardMessage_IsByteIdenticalWithoutTheAddedLines(string name, HeaderPolicy policy)
    {
        var original = Corpus.Get(name);
        using var message = MessageSealer.Seal(Sealed.Request(original) with { Policy = policy });
        Assert.Equal(original, AddedLines.Remove(Sealed.Open(message), message.OuterHeaders));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(4096)]
    public void Seal_OriginalInPieces_IsTheSameAsInOne(int pieceSize)
    {
        var original = Corpus.Get("folded content type");
        using var message = MessageSealer.Seal(Sealed.Request(original, pieceSize));
        Assert.Equal(original, AddedLines.Remove(Sealed.Open(message), message.OuterHeaders));
        Assert.Equal(Sealed.Summary(original).ToString(), Sealed.Summary(original, pieceSize).ToString());
    }

    [Theory]
    [InlineData(ContentCipher.Aes256Cbc)]
    [InlineData(ContentCipher.Aes256Gcm)]
    public void Seal_MemoryWithoutAnArray_IsSealedAlike(ContentCipher cipher)
    {
        var original = new byte[100_000];
        RandomNumberGenerator.Fill(original);
        using var owner = new NativeMemory(original);
        using var message = MessageSealer.Seal(Sealed.Request([]) with { Original = new ReadOnlySequence<byte>(owner.Memory), Cipher = cipher });
        Assert.Equal(original, AddedLines.Remove(Sealed.Open(message), message.OuterHeaders));
    }

    [Fact]
    public void Seal_RandomBytes_NeverThrowsAndComesBack()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var original = Noise.Make(seed);
            using var message = MessageSealer.Seal(Sealed.Request(original, pieceSize: 1 + (seed % 97)) with
            {
                Policy = HeaderPolicies.All[seed % HeaderPolicies.All.Count],
                Cipher = seed % 3 == 0 ? ContentCipher.Aes256Gcm : ContentCipher.Aes256Cbc,
            });
            var restored = AddedLines.Remove(Sealed.Open(message), message.OuterHeaders);
            Assert.True(original.AsSpan().SequenceEqual(restored), $"seed {seed}");
        }
    }

    [Fact]
    public void Seal_SameMessageTwice_SharesNoKeyOrVector()
    {
        var original = Corpus.Get("plain");
        using var first = Sealed.Seal(original);
        using var second = Sealed.Seal(original);
        Assert.NotEqual(first.ContentSha256, second.ContentSha256);
        Assert.NotEqual(first.Summary, second.Summary);
    }

    [Fact]
    public void Seal_NoPortalKey_MakesNoSummary()
    {
        using var message = MessageSealer.Seal(Sealed.Request(Corpus.Get("plain")) with { PortalKey = null });
        Assert.Null(message.Summary);
        Assert.Null(message.SummarySha256);
    }

    [Theory]
    [InlineData("P-384")]
    [InlineData("RSA")]
    [InlineData("not on the curve")]
    [InlineData("cut off")]
    public void Seal_PortalKeyUnusable_IsASealingException(string kind)
    {
        using var other = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP384);
        var spki = TestKeys.PortalSpki.ToArray();
        switch (kind)
        {
            case "P-384":
                spki = other.ExportSubjectPublicKeyInfo();
                break;
            case "RSA":
                spki = TestKeys.Rsa.ExportSubjectPublicKeyInfo();
                break;
            case "not on the curve":
                spki[^1] ^= 1;
                break;
            default:
                spki = spki[..^1];
                break;
        }

        Assert.Throws<SealingException>(() => MessageSealer.Seal(Sealed.Request(Corpus.Get("plain")) with { PortalKey = new PortalKey(spki) }));
    }

    [Fact]
    public void Seal_OneCertificateInManyThreads_EveryMessageOpens()
    {
        var original = Corpus.Get("plain");
        Parallel.For(0, 64, _ =>
        {
            using var message = Sealed.Seal(original);
            Assert.Equal(original, AddedLines.Remove(Sealed.Open(message, recipientInfo: 1), message.OuterHeaders));
        });
    }

    [Fact]
    public void Seal_NoRecipient_IsRefused() =>
        Assert.Throws<ArgumentException>(() => MessageSealer.Seal(Sealed.Request(Corpus.Get("plain")) with { Recipients = [] }));

    [Fact]
    public void Seal_TraceWithoutLineEnd_IsRefused() =>
        Assert.Throws<ArgumentException>(() => MessageSealer.Seal(Sealed.Request(Corpus.Get("plain")) with { TraceHeaders = "Received: x" }));

    [Fact]
    public void Seal_VaultboxAddressThatIsNone_IsRefused() => Assert.Throws<ArgumentException>(
        () => MessageSealer.Seal(Sealed.Request(Corpus.Get("plain")) with { VaultboxAddress = "a@vault.example\r\nBcc: x@vault.example" }));

    [Theory]
    [InlineData(ContentCipher.Aes256Cbc)]
    [InlineData(ContentCipher.Aes256Gcm)]
    public void Seal_LargeMessage_AllocatesNoSecondCopy(ContentCipher cipher)
    {
        var request = Sealed.Request(new byte[8_000_000], pieceSize: 64 * 1024) with { Cipher = cipher };
        MessageSealer.Seal(request).Dispose();
        var before = GC.GetAllocatedBytesForCurrentThread();
        MessageSealer.Seal(request).Dispose();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }

    [Fact]
    public void Dispose_Twice_GivesTheBufferBackOnce()
    {
        var message = Sealed.Seal("Subject: x\r\n\r\n");
        message.Dispose();
        message.Dispose();
        Assert.Throws<ObjectDisposedException>(() => message.Der);
    }

    [Theory]
    [InlineData("Message-ID: <a@b.example>\r\n\r\n", "<a@b.example>")]
    [InlineData("Message-ID:\r\n  what is this\r\n\r\n", "what is this")]
    [InlineData("Message-ID: \r\n\r\n", null)]
    [InlineData("Subject: x\r\n\r\nMessage-ID: <a@b>\r\n", null)]
    public void Seal_MessageIdHeader_IsTheFieldAsWritten(string original, string? expected)
    {
        using var message = Sealed.Seal(original);
        Assert.Equal(expected, message.MessageIdHeader);
    }

    /// <summary>Memory that no array backs.</summary>
    private sealed unsafe class NativeMemory : MemoryManager<byte>
    {
        private readonly byte* pointer;
        private readonly int length;

        public NativeMemory(byte[] content)
        {
            length = content.Length;
            pointer = (byte*)System.Runtime.InteropServices.NativeMemory.Alloc((nuint)length);
            content.CopyTo(GetSpan());
        }

        public override Span<byte> GetSpan() => new(pointer, length);

        public override MemoryHandle Pin(int elementIndex = 0) => new(pointer + elementIndex);

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing) => System.Runtime.InteropServices.NativeMemory.Free(pointer);
    }
}
