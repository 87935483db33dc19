using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;
using Portal.Mail.Backends;
using Portal.Mail.Transport;

namespace Portal.Mail.Sasl;

/// <summary>The server's side of PLAIN (RFC 4616) and LOGIN (draft-murchison-sasl-login): responses in, name and password out.</summary>
internal sealed class SaslDialogue
{
    /// <summary>Characters of a name: as many as a mailbox may have in MAIL and RCPT.</summary>
    public const int MaxUsername = 320;

    private const string Plain = "PLAIN";
    private const string Login = "LOGIN";

    // "Username:" and "Password:", as every client of LOGIN expects them.
    private const string AskForName = "VXNlcm5hbWU6";
    private const string AskForPassword = "UGFzc3dvcmQ6";

    private readonly string _mechanism;
    private string? _username;

    private SaslDialogue(string mechanism) => _mechanism = mechanism;

    /// <summary>What is offered, in the order of our preference.</summary>
    public static IReadOnlyList<string> Mechanisms { get; } = [Plain, Login];

    /// <summary>Null when the mechanism is not offered. Names in any case.</summary>
    public static SaslDialogue? Of(string mechanism) =>
        Mechanisms.FirstOrDefault(name => name.Equals(mechanism, StringComparison.OrdinalIgnoreCase)) is { } known ? new SaslDialogue(known) : null;

    /// <summary>The first challenge, for a client that gave no initial response.</summary>
    public SaslStep Start() => new(SaslStepKind.Challenge, _mechanism == Plain ? string.Empty : AskForName);

    /// <param name="base64">A response as it came.</param>
    public SaslStep Next(ReadOnlySpan<byte> base64)
    {
        using var response = new SecretOctets(Base64.GetMaxDecodedFromUtf8Length(base64.Length));
        // The decoder would skip white space.
        if (base64.ContainsAny(" \t\r\n"u8) || Base64.DecodeFromUtf8(base64, response.Span, out _, out var length) != OperationStatus.Done)
            return new SaslStep(SaslStepKind.Malformed);
        response.Shorten(length);
        return _mechanism == Plain ? ReadPlain(response.Span) : ReadLogin(response.Span);
    }

    /// <summary>message = [authzid] UTF8NUL authcid UTF8NUL passwd (RFC 4616 section 2)</summary>
    private static SaslStep ReadPlain(ReadOnlySpan<byte> message)
    {
        if (message.Count((byte)0) != 2)
            return new SaslStep(SaslStepKind.Malformed);
        var first = message.IndexOf((byte)0);
        var second = first + 1 + message[(first + 1)..].IndexOf((byte)0);
        if (NameFrom(message[..first]) is not { } identity || NameFrom(message[(first + 1)..second]) is not { } username)
            return new SaslStep(SaslStepKind.Malformed);
        if (identity.Length > 0 && !identity.Equals(username, StringComparison.Ordinal))
            return new SaslStep(SaslStepKind.OtherIdentity);
        return Complete(Plain, username, message[(second + 1)..]);
    }

    private SaslStep ReadLogin(ReadOnlySpan<byte> response)
    {
        if (_username is { } username)
            return response.Contains((byte)0) ? new SaslStep(SaslStepKind.Malformed) : Complete(Login, username, response);
        _username = NameFrom(response);
        return _username is null ? new SaslStep(SaslStepKind.Malformed) : new SaslStep(SaslStepKind.Challenge, AskForPassword);
    }

    private static SaslStep Complete(string mechanism, string username, ReadOnlySpan<byte> password)
    {
        if (username.Length > MaxUsername)
            return new SaslStep(SaslStepKind.NameTooLong);
        return Secret.FromUtf8(password) is { } secret
            ? new SaslStep(SaslStepKind.Complete, Credentials: new SaslCredentials(mechanism, username, secret))
            : new SaslStep(SaslStepKind.Malformed);
    }

    /// <summary>Null for what is no UTF-8 text, or holds a control character, which no log should have to show.</summary>
    private static string? NameFrom(ReadOnlySpan<byte> octets)
    {
        if (!Utf8.IsValid(octets))
            return null;
        var name = Encoding.UTF8.GetString(octets);
        return name.Any(char.IsControl) ? null : name;
    }
}
