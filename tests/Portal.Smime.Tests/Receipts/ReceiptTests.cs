using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;
using Portal.Smime.Tests.Support;

namespace Portal.Smime.Tests.Receipts;

public sealed class ReceiptTests : IDisposable
{
    private readonly ReceiptSigner signer = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    private static ReceiptClaims Claims => new(
        new Guid("0191D5B2-6A5E-7CC0-8F25-AAAAAAAAAAAA"), new Guid("0191D5B2-6A5E-7CC0-8F25-0F4D1A2B3C4D"), "AES-256-CBC",
        new string('a', 64), new string('b', 64), new string('c', 64), 1234, [new string('d', 64), new string('e', 64)], TestKeys.Now);

    public void Dispose() => signer.Dispose();

    [Fact]
    public void Sign_Payload_IsCanonicalJson()
    {
        var payload = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(signer.Sign(Claims).Split('.')[1]));
        Assert.Equal(
            $$"""{"cipher":"AES-256-CBC","content_sha256":"{{new string('a', 64)}}","der_sha256":"{{new string('b', 64)}}","fingerprints":["{{new string('d', 64)}}","{{new string('e', 64)}}"],"message":"0191d5b2-6a5e-7cc0-8f25-aaaaaaaaaaaa","received_at":"2026-11-22T13:00:00.123Z","size":1234,"summary_sha256":"{{new string('c', 64)}}","v":1,"vaultbox":"0191d5b2-6a5e-7cc0-8f25-0f4d1a2b3c4d"}""",
            payload);
    }

    [Fact]
    public void Sign_NoSummaryAndAnotherTimeZone_WritesNullAndUtc()
    {
        var payload = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(
            signer.Sign(Claims with { SummarySha256 = null, ReceivedAt = TestKeys.Now.ToOffset(TimeSpan.FromHours(5)) }).Split('.')[1]));
        Assert.Contains("\"summary_sha256\":null,", payload, StringComparison.Ordinal);
        Assert.Contains("\"received_at\":\"2026-11-22T13:00:00.123Z\"", payload, StringComparison.Ordinal);
    }

    [Fact]
    public void Sign_SealedBySender_SaysSoAndVerifies()
    {
        var receipt = signer.Sign(Claims with { IsSealedBySender = true });
        var payload = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(receipt.Split('.')[1]));
        Assert.Contains("\"received_at\":\"2026-11-22T13:00:00.123Z\",\"sealed_by\":\"sender\",\"size\":1234,", payload, StringComparison.Ordinal);
        Assert.True(ReceiptVerifier.Verify(receipt, signer.PublicKeySpki.Span)?.IsSealedBySender);
        Assert.False(ReceiptVerifier.Verify(signer.Sign(Claims), signer.PublicKeySpki.Span)?.IsSealedBySender);
    }

    [Fact]
    public void Sign_Header_NamesAlgorithmAndKey()
    {
        var header = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(signer.Sign(Claims).Split('.')[0]));
        Assert.Equal($$"""{"alg":"ES256","kid":"{{Convert.ToHexStringLower(SHA256.HashData(signer.PublicKeySpki.Span))}}"}""", header);
    }

    [Fact]
    public void Sign_CheckedByBouncyCastle_Verifies()
    {
        var parts = signer.Sign(Claims).Split('.');
        var signature = Base64Url.DecodeFromChars(parts[2]);
        var check = new ECDsaSigner();
        check.Init(forSigning: false, (ECPublicKeyParameters)PublicKeyFactory.CreateKey(signer.PublicKeySpki.ToArray()));
        var digest = SHA256.HashData(Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]));
        Assert.True(check.VerifySignature(digest, new BigInteger(1, signature[..32]), new BigInteger(1, signature[32..])));
        digest[0] ^= 1;
        Assert.False(check.VerifySignature(digest, new BigInteger(1, signature[..32]), new BigInteger(1, signature[32..])));
    }

    [Fact]
    public void Verify_OwnReceipt_GivesTheClaimsBack()
    {
        var claims = ReceiptVerifier.Verify(signer.Sign(Claims), signer.PublicKeySpki.Span);
        Assert.NotNull(claims);
        Assert.Equal(Claims with { Fingerprints = [] }, claims with { Fingerprints = [] });
        Assert.Equal(Claims.Fingerprints, claims.Fingerprints);
    }

    [Fact]
    public void Verify_AnyCharacterChanged_IsRefused()
    {
        var receipt = signer.Sign(Claims);
        for (var index = 0; index < receipt.Length; index++)
        {
            // The lowest bit, which the last character of a part does not use, must not change either.
            var next = (char)(receipt[index] ^ 1);
            foreach (var other in new[] { 'A', 'w', '=', ' ', next })
            {
                var altered = receipt[..index] + (receipt[index] == other ? 'B' : other) + receipt[(index + 1)..];
                Assert.Null(ReceiptVerifier.Verify(altered, signer.PublicKeySpki.Span));
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("%.%.%")]
    public void Verify_NoReceipt_IsRefused(string? receipt) => Assert.Null(ReceiptVerifier.Verify(receipt, signer.PublicKeySpki.Span));

    [Fact]
    public void Verify_AnotherKey_IsRefused()
    {
        using var other = new ReceiptSigner(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        Assert.Null(ReceiptVerifier.Verify(signer.Sign(Claims), other.PublicKeySpki.Span));
    }

    [Fact]
    public void Verify_SignedButNotCanonical_IsRefused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var own = new ReceiptSigner(key);
        var parts = own.Sign(Claims).Split('.');
        var payload = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1]));
        foreach (var altered in new[] { payload + " ", payload.Replace("\"v\":1", "\"v\":2", StringComparison.Ordinal), payload.Replace("}", ",\"x\":1}", StringComparison.Ordinal), "[]", "{}", "x" })
        {
            var signed = parts[0] + "." + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(altered));
            var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
            Assert.Null(ReceiptVerifier.Verify(signed + "." + Base64Url.EncodeToString(signature), own.PublicKeySpki.Span));
        }
    }

    [Fact]
    public void Create_KeyOfAnotherCurve_IsRefused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Throws<ArgumentException>(() => new ReceiptSigner(key));
    }
}
