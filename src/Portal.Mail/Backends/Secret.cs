using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace Portal.Mail.Backends;

/// <summary>A password's text: no log, exception or record that holds it shows it. Disposing clears the memory it lies in.</summary>
public sealed class Secret : IDisposable
{
    // Pinned, so that the collector leaves no copy behind.
    private readonly char[] _text;
    private bool _isDisposed;

    public Secret(ReadOnlySpan<char> text)
    {
        _text = GC.AllocateUninitializedArray<char>(text.Length, pinned: true);
        text.CopyTo(_text);
    }

    private Secret(char[] pinned) => _text = pinned;

    /// <summary>The text itself, as a string that lives until it is collected: ask late, keep it nowhere.</summary>
    public string Reveal()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return new string(_text);
    }

    /// <summary>Null when the octets are no UTF-8.</summary>
    internal static Secret? FromUtf8(ReadOnlySpan<byte> octets)
    {
        if (!Utf8.IsValid(octets))
            return null;
        var text = GC.AllocateUninitializedArray<char>(Encoding.UTF8.GetCharCount(octets), pinned: true);
        Encoding.UTF8.GetChars(octets, text);
        return new Secret(text);
    }

    public override string ToString() => "[secret]";

    public void Dispose()
    {
        _isDisposed = true;
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_text.AsSpan()));
    }
}
