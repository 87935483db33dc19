using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Portal.Testing;

/// <summary>
/// An authenticator and its browser in one: makes ES256 passkeys with attestation “none” and signs with them, as
/// <c>navigator.credentials</c> would answer by <c>toJSON()</c>. Each property can be bent to make an answer that must be refused.
/// </summary>
public sealed class SoftwareAuthenticator(string origin = "https://localhost") : IDisposable
{
    private const byte UserPresent = 0x01;
    private const byte UserVerified = 0x04;
    private const byte AttestedData = 0x40;

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public byte[] CredentialId { get; set; } = RandomNumberGenerator.GetBytes(32);

    public string Origin { get; set; } = origin;

    /// <summary>The relying party's id; null: what the portal asked for.</summary>
    public string? RpId { get; set; }

    /// <summary>Goes up by one at each signature unless it is zero, as of authenticators that do not count.</summary>
    public uint SignCount { get; set; }

    public bool Verifies { get; set; } = true;

    public bool CrossOrigin { get; set; }

    /// <summary>In place of the challenge that was asked; null: that one.</summary>
    public byte[]? Challenge { get; set; }

    /// <summary>The account that it was made for, once it was made.</summary>
    public byte[]? UserHandle { get; set; }

    public string Create(string creationOptionsJson)
    {
        using var options = JsonDocument.Parse(creationOptionsJson);
        var root = options.RootElement;
        UserHandle = Base64Url.DecodeFromChars(root.GetProperty("user").GetProperty("id").GetString());
        var clientData = ClientData("webauthn.create", root);
        var authenticatorData = AuthenticatorData(root.GetProperty("rp").GetProperty("id").GetString()!, AttestedData, AttestedCredential());
        return Answer(new()
        {
            ["clientDataJSON"] = Text(clientData),
            ["attestationObject"] = Text(
                [0xA3, .. CborText("fmt"), .. CborText("none"), .. CborText("attStmt"), 0xA0, .. CborText("authData"), .. CborBytes(authenticatorData)]),
            ["transports"] = new[] { "internal" },
        });
    }

    public string Get(string requestOptionsJson)
    {
        using var options = JsonDocument.Parse(requestOptionsJson);
        if (SignCount != 0)
            SignCount++;
        var clientData = ClientData("webauthn.get", options.RootElement);
        var authenticatorData = AuthenticatorData(options.RootElement.GetProperty("rpId").GetString()!, 0, []);
        var signature = key.SignData(
            [.. authenticatorData, .. SHA256.HashData(clientData)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Answer(new()
        {
            ["clientDataJSON"] = Text(clientData),
            ["authenticatorData"] = Text(authenticatorData),
            ["signature"] = Text(signature),
            ["userHandle"] = UserHandle is null ? null : Text(UserHandle),
        });
    }

    public void Dispose() => key.Dispose();

    private string Answer(Dictionary<string, object?> response) => JsonSerializer.Serialize(new
    {
        id = Text(CredentialId),
        rawId = Text(CredentialId),
        type = "public-key",
        authenticatorAttachment = "platform",
        clientExtensionResults = new { },
        response,
    });

    /// <summary>WebAuthn section 5.8.1.</summary>
    private byte[] ClientData(string type, JsonElement options) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        type,
        challenge = Challenge is null ? options.GetProperty("challenge").GetString() : Text(Challenge),
        origin = Origin,
        crossOrigin = CrossOrigin,
    });

    /// <summary>WebAuthn section 6.1.</summary>
    private byte[] AuthenticatorData(string rpId, byte flags, byte[] rest)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, SignCount);
        var all = (byte)(flags | UserPresent | (Verifies ? UserVerified : 0));
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(RpId ?? rpId)), all, .. count, .. rest];
    }

    /// <summary>WebAuthn section 6.5.1: no AAGUID, the credential's id, and its public key as COSE_Key (RFC 9053 section 7.1.1).</summary>
    private byte[] AttestedCredential()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return
        [
            .. new byte[16], (byte)(CredentialId.Length >> 8), (byte)CredentialId.Length, .. CredentialId,
            0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, .. CborBytes(point.X!), 0x22, .. CborBytes(point.Y!),
        ];
    }

    private static byte[] CborText(string text) => [(byte)(0x60 | text.Length), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] CborBytes(byte[] bytes) => bytes.Length < 256
        ? [0x58, (byte)bytes.Length, .. bytes]
        : [0x59, (byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
