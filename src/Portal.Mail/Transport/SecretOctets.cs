using System.Security.Cryptography;

namespace Portal.Mail.Transport;

/// <summary>Octets that hold a password: pinned, so that the collector leaves no copy behind, and zeroed when disposed.</summary>
internal sealed class SecretOctets : IDisposable
{
    private readonly byte[] _octets;

    public SecretOctets(int length)
    {
        _octets = GC.AllocateArray<byte>(length, pinned: true);
        Memory = _octets;
    }

    public Memory<byte> Memory { get; private set; }

    public Span<byte> Span => Memory.Span;

    /// <summary>Fewer were needed than were set aside.</summary>
    public void Shorten(int used) => Memory = _octets.AsMemory(0, used);

    public override string ToString() => "[secret]";

    public void Dispose()
    {
        Memory = default;
        CryptographicOperations.ZeroMemory(_octets);
    }
}
