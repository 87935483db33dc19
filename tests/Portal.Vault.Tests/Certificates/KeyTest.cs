using System.Text.Json;
using Portal.Vault.Certificates;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Tests.Certificates;

/// <summary>An owner and a vaultbox of the test's own, and what is done with its keys.</summary>
public abstract class KeyTest(VaultFixture vault) : IAsyncLifetime
{
    protected const string Message = "From: otto@example.org\r\nTo: x@vault.test\r\nSubject: Hello\r\n\r\nHi.\r\n";

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected VaultFixture Vault { get; } = vault;

    protected VaultActor Owner { get; } = VaultActor.Session(Guid.CreateVersion7(), isAdmin: false, freshUntil: DateTimeOffset.MaxValue);

    protected VaultActor Stale => Owner with { FreshUntil = Now };

    protected VaultboxView Box { get; private set; } = null!;

    protected DateTimeOffset Now => Vault.Time.GetUtcNow();

    public async ValueTask InitializeAsync() => Box = await Vault.NewVaultboxAsync(owner: Owner);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>An uploaded certificate.</summary>
    protected async Task<CertificateView> AddAsync(string name = "Card", DateTimeOffset? until = null)
    {
        using var certificate = TestCertificate.Make(Box.Address, Now.AddDays(-1), until ?? Now.AddYears(2));
        var added = await Vault.Get<AddCertificate>().HandleAsync(new(Owner, Box.Id, certificate.ExportCertificatePem(), default, name), Cancel);
        Assert.True(added.Succeeded, added.Problem?.Detail);
        return added.Value.Certificate;
    }

    protected Task<VaultResult<CertificateView>> RetireAsync(CertificateView key, bool pausesMail = false, VaultActor? actor = null) =>
        Vault.Get<RetireCertificate>().HandleAsync(new(actor ?? Owner, Box.Id, key.Id, pausesMail), Cancel);

    protected Task<VaultResult<CertificateView>> ResumeAsync(CertificateView key, VaultActor? actor = null) =>
        Vault.Get<ResumeCertificate>().HandleAsync(new(actor ?? Owner, Box.Id, key.Id), Cancel);

    protected Task<VaultResult<CertificateView>> DeleteAsync(CertificateView key, VaultActor? actor = null) =>
        Vault.Get<DeleteCertificate>().HandleAsync(new(actor ?? Owner, Box.Id, key.Id), Cancel);

    protected async Task<KeyCoverage> CoverageAsync()
    {
        var coverage = await Vault.Get<GetKeyCoverage>().HandleAsync(new(Owner, Box.Id), Cancel);
        Assert.True(coverage.Succeeded, coverage.Problem?.Detail);
        return coverage.Value;
    }

    protected async Task DeliverAsync(int messages = 1)
    {
        for (var i = 0; i < messages; i++)
            Assert.Equal(Portal.Vault.Intake.DeliveryOutcome.Stored, (await Vault.DeliverAsync(Message, Box)).Outcome);
    }

    /// <summary>Kind and fingerprint of each notice about keys, oldest first; all of them are to be mailed.</summary>
    protected async Task<IReadOnlyList<(string Kind, string Fingerprint)>> NoticesAsync()
    {
        var rows = await Vault.Database.ScalarAsync<string>(
            $"""
             SELECT coalesce(jsonb_agg(jsonb_build_array(kind, detail->>'fingerprint', wants_mail, detail->>'address') ORDER BY occurred_at, id), '[]')::text
             FROM owner_notices WHERE vaultbox_id = '{Box.Id}' AND user_id = '{Owner.UserId}'
             """);
        return [.. JsonDocument.Parse(rows!).RootElement.EnumerateArray().Select(row =>
        {
            Assert.True(row[2].GetBoolean());
            Assert.Equal(Box.Address, row[3].GetString());
            return (row[0].GetString()!, row[1].GetString()!);
        })];
    }
}
