using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Portal.Vault.Certificates;

namespace Portal.Vault.Tests.Certificates;

/// <summary>Both halves of the drill, opened by .NET's own CMS instead of a browser.</summary>
public sealed class KeyProofTests(VaultFixture vault) : KeyTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Finish_CodeOfTheOpenedNote_ProvesTheKey()
    {
        using var certificate = TestCertificate.Make(Box.Address, Now.AddDays(-1), Now.AddYears(2));
        var key = await AddOwnAsync(certificate);
        var started = await StartAsync(key);

        var proven = await FinishAsync(key, started.Token, CodeIn(started.Note, certificate));

        Assert.True(proven.Succeeded, proven.Problem?.Detail);
        Assert.Equal(Now, proven.Value.LastProvenAt);
    }

    [Fact]
    public async Task Finish_WrongCode_ProvesNothing()
    {
        var key = await AddAsync();
        var started = await StartAsync(key);

        Assert.Equal("proof_wrong", (await FinishAsync(key, started.Token, "x")).Problem?.Code);
        Assert.Equal("proof_wrong", (await FinishAsync(key, started.Token, null)).Problem?.Code);
        Assert.Equal(0L, await Vault.CountAsync($"SELECT count(*) FROM certificates WHERE id = '{key.Id}' AND last_proven_at IS NOT NULL"));
    }

    [Fact]
    public async Task Finish_OtherKeysNoteOrOldOrForgedToken_ProvesNothing()
    {
        using var certificate = TestCertificate.Make(Box.Address, Now.AddDays(-1), Now.AddYears(2));
        var (key, other) = (await AddOwnAsync(certificate), await AddAsync());
        var started = await StartAsync(key);
        var code = CodeIn(started.Note, certificate);

        Assert.Equal("proof_expired", (await FinishAsync(other, started.Token, code)).Problem?.Code);
        Assert.Equal("proof_expired", (await FinishAsync(key, "x" + started.Token, code)).Problem?.Code);
        Assert.Equal("proof_expired", (await FinishAsync(key, null, code)).Problem?.Code);
        Vault.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("proof_expired", (await FinishAsync(key, started.Token, code)).Problem?.Code);
    }

    [Fact]
    public async Task StartAndFinish_OthersKey_LookAbsent()
    {
        var key = await AddAsync();
        var started = await StartAsync(key);

        Assert.Equal("not_found", (await Vault.Get<StartKeyProof>().HandleAsync(new(Vault.Stranger, Box.Id, key.Id), Cancel)).Problem?.Code);
        Assert.Equal("not_found", (await Vault.Get<FinishKeyProof>().HandleAsync(new(Vault.Stranger, Box.Id, key.Id, started.Token, "x"), Cancel)).Problem?.Code);
    }

    private static string CodeIn(byte[] note, X509Certificate2 certificate)
    {
        var envelope = new EnvelopedCms();
        envelope.Decode(note);
        envelope.Decrypt([certificate]);
        return Encoding.ASCII.GetString(envelope.ContentInfo.Content).TrimEnd().Split('\n')[^1];
    }

    private async Task<CertificateView> AddOwnAsync(X509Certificate2 certificate) =>
        (await Vault.Get<AddCertificate>().HandleAsync(new(Owner, Box.Id, certificate.ExportCertificatePem(), default, "Own"), Cancel)).Value!.Certificate;

    private async Task<StartedKeyProof> StartAsync(CertificateView key) =>
        (await Vault.Get<StartKeyProof>().HandleAsync(new(Owner, Box.Id, key.Id), Cancel)).Value!;

    private Task<VaultResult<CertificateView>> FinishAsync(CertificateView key, string? token, string? code) =>
        Vault.Get<FinishKeyProof>().HandleAsync(new(Owner, Box.Id, key.Id, token, code), Cancel);
}
