using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailKit.Net.Smtp;
using Npgsql;
using Portal.Web.Tests.MailAuthentication;

namespace Portal.Web.Tests.MailHosting;

/// <summary>A certificate swapped by somebody who owns the database: mail waits at its senders, over the real socket, and the owner hears of it.</summary>
[Collection(nameof(MailCollection))]
public sealed class SwappedKeyIntakeTests(MailWorld world) : IntakeTest(world)
{
    private const string Mine = "certificate_type = 'public' AND purpose = 'mail'";

    [Fact]
    public async Task Data_CertificateSwappedByTheOwnerOfTheDatabase_IsPutOffAndNothingIsStored()
    {
        await SendAsync(World.Address);
        var before = await StoredAsync();
        var own = await World.World.Vault.ScalarAsync<string>($"SELECT pem_content FROM certificates WHERE vaultbox_id = '{World.VaultboxId}' AND {Mine}");
        using var key = RSA.Create(2048);
        using var thief = new CertificateRequest($"CN={World.Address}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddYears(1));
        try
        {
            await SwapAsync(thief.ExportCertificatePem());

            var refused = await Assert.ThrowsAsync<SmtpCommandException>(() => SendAsync(World.Address));

            Assert.Equal((451, "4.3.0 The message could not be stored; nothing was kept; try again later"), ((int)refused.StatusCode, refused.Message));
            Assert.Equal(before, await StoredAsync());
            Assert.Equal(1L, await World.World.Vault.ScalarAsync<long>(
                $"SELECT count(*) FROM owner_notices WHERE user_id = '{World.OwnerId}' AND vaultbox_id = '{World.VaultboxId}' AND kind = 'key_foreign' AND wants_mail"));
        }
        finally
        {
            await SwapAsync(own!);
        }

        await SendAsync(World.Address);
        Assert.Equal(before + 1, await StoredAsync());
    }

    private Task<long> StoredAsync() => World.World.Vault.ScalarAsync<long>($"SELECT count(*) FROM encrypted_emails WHERE vaultbox_id = '{World.VaultboxId}'");

    /// <summary>As the role that owns the tables, which the portal itself never connects as; with the fingerprint that the certificate has.</summary>
    private async Task SwapAsync(string pem)
    {
        await using var connection = new NpgsqlConnection(World.World.Vault.Owner);
        await connection.OpenAsync(Cancel);
        using var certificate = X509Certificate2.CreateFromPem(pem);
        await using var command = new NpgsqlCommand($"UPDATE certificates SET pem_content = $1, fingerprint_sha256 = $2 WHERE vaultbox_id = $3 AND {Mine}", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = pem });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = certificate.GetCertHash(HashAlgorithmName.SHA256) });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = World.VaultboxId });
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Cancel));
    }
}
