using System.Security.Cryptography.X509Certificates;
using Portal.Smime.Tests.Support;

namespace Portal.Smime.Tests.Sealing;

public sealed class SealingMemoryTests
{
    private const int Mega = 1024 * 1024;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Take_BeyondTheBudget_WaitsUntilAnotherLeaves()
    {
        var memory = new SealingMemory(2 * Mega);
        var first = await memory.TakeAsync(Mega, Cancel);
        using var second = await memory.TakeAsync(Mega, Cancel);
        var third = memory.TakeAsync(Mega, Cancel).AsTask();
        Assert.Equal((false, 1), (third.IsCompleted, memory.Waiting));

        first.Dispose();

        using var room = await third;
        Assert.Equal(0, memory.Waiting);
    }

    [Fact]
    public async Task Take_SmallBehindALargeOneThatWaits_IsNotLetPast()
    {
        var memory = new SealingMemory(2 * Mega);
        var first = await memory.TakeAsync(Mega, Cancel);
        var large = memory.TakeAsync(2 * Mega, Cancel).AsTask();
        var small = memory.TakeAsync(1, Cancel).AsTask();
        Assert.False(small.IsCompleted);

        first.Dispose();

        (await large).Dispose();
        (await small).Dispose();
    }

    [Fact]
    public async Task Take_CancelledWhileItWaits_LetsThoseBehindIn()
    {
        var memory = new SealingMemory(2 * Mega);
        using var first = await memory.TakeAsync(Mega, Cancel);
        using var patience = new CancellationTokenSource();
        var large = memory.TakeAsync(2 * Mega, patience.Token).AsTask();
        var small = memory.TakeAsync(1, Cancel).AsTask();

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        (await small).Dispose();
        Assert.Equal(0, memory.Waiting);
    }

    [Fact]
    public async Task Take_LargerThanTheBudget_IsLetInAlone()
    {
        var memory = new SealingMemory(Mega);
        var large = await memory.TakeAsync(3 * Mega, Cancel);
        var other = memory.TakeAsync(1, Cancel).AsTask();
        Assert.False(other.IsCompleted);

        large.Dispose();

        (await other).Dispose();
    }

    [Fact]
    public async Task Rent_SizesThatChange_KeepsBuffersWithinTheBudget()
    {
        var memory = new SealingMemory(4 * Mega);
        foreach (var size in new[] { 1, 3, 2, 4, 1, 3, 4, 2, 1 })
        {
            using var room = await memory.TakeAsync(size * Mega, Cancel);
            Assert.Equal(size * Mega, room.Rent(size * Mega).Length);
            Assert.InRange(memory.HeldBytes, size * Mega, 4 * Mega);
        }
    }

    [Fact]
    public async Task Rent_NextOfTheSameSize_GetsTheSameBuffer()
    {
        var memory = new SealingMemory(4 * Mega);
        byte[] first;
        using (var room = await memory.TakeAsync(Mega, Cancel))
        {
            first = room.Rent(Mega);
        }

        using var next = await memory.TakeAsync(Mega, Cancel);
        Assert.Same(first, next.Rent(Mega - 1));
        Assert.Equal(Mega, memory.HeldBytes);
    }

    [Theory]
    [InlineData(0, 64 * 1024)]
    [InlineData(64 * 1024, 64 * 1024)]
    [InlineData((64 * 1024) + 1, 80 * 1024)]
    [InlineData(1_000_000, 1024 * 1024)]
    [InlineData(50 * 1024 * 1024, 56 * 1024 * 1024)]
    public void SizeOf_Length_FitsToAQuarter(long length, int expected) => Assert.Equal(expected, SealingMemory.SizeOf(length));

    [Theory]
    [InlineData(ContentCipher.Aes256Cbc)]
    [InlineData(ContentCipher.Aes256Gcm)]
    public async Task Seal_SeveralIntoOneRoom_EachOpensAndTheRoomIsGivenBackOnce(ContentCipher cipher)
    {
        var memory = new SealingMemory(4 * Mega);
        using (var room = await memory.TakeAsync(1, Cancel))
        {
            foreach (var size in new[] { 10, 300_000, 20 })
            {
                var original = new byte[size];
                Random.Shared.NextBytes(original);
                using var message = MessageSealer.Seal(Sealed.Request(original) with { Cipher = cipher }, room);
                Assert.Equal(original, AddedLines.Remove(Sealed.Open(message), message.OuterHeaders));
            }
        }

        using var all = await memory.TakeAsync(4 * Mega, Cancel);
    }

    [Fact]
    public async Task Seal_UnusableRecipient_LeavesNoPlaintextInTheRoom()
    {
        var memory = new SealingMemory(4 * Mega);
        using var room = await memory.TakeAsync(Mega, Cancel);
        var marker = "never to be seen"u8.ToArray();
        var request = Sealed.Request(marker) with { Cipher = ContentCipher.Aes256Gcm, PortalKey = new PortalKey(new byte[91]) };
        Assert.Throws<SealingException>(() => MessageSealer.Seal(request, room));
        Assert.Equal(-1, room.Rent(1).AsSpan().IndexOf(marker));
    }

    [Fact]
    public void RoomFor_MessageWithLongHeader_IsEnough()
    {
        var original = Sequences.Bytes("To: " + string.Join(", ", Enumerable.Range(0, 400).Select(static one => $"person{one}@vault.example")) + "\r\n\r\nbody");
        var request = Sealed.Request(original) with { Recipients = [TestKeys.First.Certificate, TestKeys.Second.Certificate] };
        using var message = MessageSealer.Seal(request);
        Assert.InRange(message.Der.Length, original.Length, MessageSealer.RoomFor(original.Length, request.Recipients));
    }

    // A certificate may have been stored before its size was limited.
    [Theory]
    [InlineData(RecipientNaming.IssuerAndSerialNumber)]
    [InlineData(RecipientNaming.SubjectKeyIdentifier)]
    public void RoomFor_CertificatesWithLongNames_IsEnough(RecipientNaming naming)
    {
        var issuer = string.Join(',', Enumerable.Range(0, 2_000).Select(static one => $"OU=Unit {one} of a very large office"));
        var certificate = new CertificateBuilder().BuildIssuedBy(new PublicKey(TestKeys.Rsa), issuer, TestKeys.IssuerRsa);
        var request = Sealed.Request("Subject: x\r\n\r\ny"u8.ToArray()) with { Recipients = [certificate, TestKeys.First.Certificate], RecipientNaming = naming };
        using var message = MessageSealer.Seal(request);
        Assert.InRange(message.Der.Length, 1_000, MessageSealer.RoomFor(request.Original.Length, request.Recipients));
    }
}
