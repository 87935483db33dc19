using System.Formats.Asn1;
using System.Text;
using Portal.Smime;
using Portal.Vault.Intake;

namespace Portal.Vault.Tests.Intake;

/// <summary>A vaultbox's header policy and cipher decide how its mail is sealed.</summary>
public sealed class SealingSettingsTests(VaultFixture vault) : IClassFixture<VaultFixture>
{
    private const string Mail =
        "From: Otto Owl <otto@example.org>\r\nTo: Mara <mara@vault.test>\r\nDate: Sun, 22 Nov 2026 14:30:00 +0530\r\nSubject: Plans\r\nMessage-ID: <1@example.org>\r\n\r\nBody\r\n";

    [Theory]
    [InlineData("open", "From: Otto Owl <otto@example.org>\r\nTo: Mara <mara@vault.test>\r\nDate: Sun, 22 Nov 2026 14:30:00 +0530\r\nSubject: Plans\r\nMessage-ID: <1@example.org>\r\n")]
    [InlineData("baseline", "From: Otto Owl <otto@example.org>\r\nTo: Mara <mara@vault.test>\r\nDate: Sun, 22 Nov 2026 14:30:00 +0530\r\nSubject: [...]\r\nMessage-ID: <1@example.org>\r\n")]
    [InlineData("shy", "From: otto@example.org\r\nTo: mara@vault.test\r\nDate: Sun, 22 Nov 2026 09:00:00 +0000\r\nSubject: [...]\r\nMessage-ID: <1@example.org>\r\n")]
    public async Task Handle_HeaderPolicy_DecidesWhatStandsOutside(string policy, string expected)
    {
        var (vaultbox, _) = await vault.NewKeyedVaultboxAsync();
        await SetAsync(vaultbox.Id, $"header_policy = '{policy}'");

        Assert.Equal(DeliveryOutcome.Stored, (await vault.DeliverAsync(Mail, vaultbox)).Outcome);

        Assert.StartsWith(expected + "MIME-Version: 1.0\r\n", await ColumnAsync<string>(vaultbox.Id, "outer_headers"), StringComparison.Ordinal);
        Assert.Equal("<1@example.org>", await ColumnAsync<string>(vaultbox.Id, "message_id"));
    }

    [Fact]
    public async Task Handle_Blind_ShowsThePrimaryAddressTheTimeAndAnIdOfOurs()
    {
        var (vaultbox, _) = await vault.NewKeyedVaultboxAsync();
        await SetAsync(vaultbox.Id, "header_policy = 'blind'");
        var recipient = (await vault.RecipientAsync(vaultbox)) with { Address = $"{vaultbox.Alias}+secret@vault.test" };

        await vault.DeliverToAsync(Mail, [recipient]);

        var id = $"<{await ColumnAsync<Guid>(vaultbox.Id, "id")}@vault.test>";
        var date = vault.Time.GetUtcNow().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", System.Globalization.CultureInfo.InvariantCulture);
        Assert.StartsWith(
            $"From: {vaultbox.Address}\r\nTo: {vaultbox.Address}\r\nDate: {date}\r\nSubject: [...]\r\nMessage-ID: {id}\r\nMIME-Version: 1.0\r\n",
            (await ColumnAsync<string>(vaultbox.Id, "outer_headers"))!.Replace("\r\n <", " <", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Equal(id, await ColumnAsync<string>(vaultbox.Id, "message_id"));
    }

    [Fact]
    public async Task Handle_Blind_SecondCopyOfADeliveryIsStillADuplicate()
    {
        var (vaultbox, _) = await vault.NewKeyedVaultboxAsync();
        await SetAsync(vaultbox.Id, "header_policy = 'blind'");

        await vault.DeliverAsync(Mail, vaultbox);
        await vault.DeliverAsync(Mail, vaultbox);

        Assert.Equal(1, await vault.CountAsync($"SELECT count(*) FROM encrypted_emails WHERE vaultbox_id = '{vaultbox.Id}'"));
    }

    [Theory]
    [InlineData("aes-256-cbc", "AES-256-CBC", "1.2.840.113549.1.7.3", "smime-type=enveloped-data;")]
    [InlineData("aes-256-gcm", "AES-256-GCM", "1.2.840.113549.1.9.16.1.23", "smime-type=authEnveloped-data;")]
    public async Task Handle_Cipher_IsUsedAndToldByRowHeaderLogAndReceipt(string setting, string cipher, string contentType, string smimeType)
    {
        var (vaultbox, _) = await vault.NewKeyedVaultboxAsync();
        await SetAsync(vaultbox.Id, $"cipher = '{setting}'");

        Assert.Equal(DeliveryOutcome.Stored, (await vault.DeliverAsync(Mail, vaultbox)).Outcome);

        var der = new AsnReader((await ColumnAsync<byte[]>(vaultbox.Id, "body_encrypted"))!, AsnEncodingRules.DER);
        Assert.Equal(contentType, der.ReadSequence().ReadObjectIdentifier());
        Assert.Equal($"S/MIME {cipher}", await ColumnAsync<string>(vaultbox.Id, "encryption_method"));
        Assert.Contains(smimeType, await ColumnAsync<string>(vaultbox.Id, "outer_headers"), StringComparison.Ordinal);
        Assert.Equal(2, await vault.CountAsync($"SELECT count(*) FROM email_processing_logs WHERE vaultbox_id = '{vaultbox.Id}' AND cipher = '{cipher}'"));
        var claims = (await ColumnAsync<string>(vaultbox.Id, "receipt"))!.Split('.')[1].Replace('-', '+').Replace('_', '/');
        var payload = Encoding.UTF8.GetString(Convert.FromBase64String(claims.PadRight((claims.Length + 3) / 4 * 4, '=')));
        Assert.StartsWith($$"""{"cipher":"{{cipher}}",""", payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handle_PolicyOfANewerRelease_Defers()
    {
        var (vaultbox, _) = await vault.NewKeyedVaultboxAsync();
        await vault.Database.ExecuteAsync("ALTER TABLE vaultboxes DROP CONSTRAINT ck_vaultboxes_header_policy");
        await SetAsync(vaultbox.Id, "header_policy = 'opaque'");

        Assert.Equal(
            new DeliveryResult(DeliveryOutcome.Deferred, "The vaultbox's header policy or cipher is not known here."), await vault.DeliverAsync(Mail, vaultbox));
    }

    [Theory]
    [InlineData(ContentCipher.Aes256Cbc, "AES-256-CBC")]
    [InlineData(ContentCipher.Aes256Gcm, "AES-256-GCM")]
    public async Task Handle_LeaveAndSealedToAKeyOfTheVaultbox_IsStoredAsItCame(ContentCipher cipher, string name)
    {
        var (vaultbox, keys) = await vault.NewKeyedVaultboxAsync();
        await SetAsync(vaultbox.Id, "encrypted_mail = 'leave', header_policy = 'blind'");
        var (mail, der) = SealedBySomebody(keys, cipher);

        Assert.Equal(DeliveryOutcome.Stored, (await vault.DeliverAsync(mail, vaultbox)).Outcome);

        Assert.Equal(der, await ColumnAsync<byte[]>(vaultbox.Id, "body_encrypted"));
        Assert.Equal($"S/MIME {name}", await ColumnAsync<string>(vaultbox.Id, "encryption_method"));
        Assert.Contains("\r\nSubject: Plans\r\n", await ColumnAsync<string>(vaultbox.Id, "outer_headers"), StringComparison.Ordinal);
        Assert.NotNull(await ColumnAsync<byte[]>(vaultbox.Id, "subject_encrypted"));
        var claims = System.Buffers.Text.Base64Url.DecodeFromChars((await ColumnAsync<string>(vaultbox.Id, "receipt"))!.Split('.')[1]);
        Assert.Contains("\"sealed_by\":\"sender\"", System.Text.Encoding.UTF8.GetString(claims), StringComparison.Ordinal);
        Assert.Equal([keys.Certificate.GetCertHash(System.Security.Cryptography.HashAlgorithmName.SHA256)], await ColumnAsync<byte[][]>(vaultbox.Id, "sealed_to"));
        Assert.Equal(1, await vault.CountAsync(
            $"SELECT count(*) FROM email_processing_logs WHERE vaultbox_id = '{vaultbox.Id}' AND stage = 'sealed' AND reason = 'Its sender had sealed it; left as it came.'"));
    }

    [Theory]
    [InlineData("seal", "own")]
    [InlineData("leave", "another's")]
    public async Task Handle_SealedMailOtherwise_IsSealedAgain(string policy, string key)
    {
        var (vaultbox, keys) = await vault.NewKeyedVaultboxAsync();
        await SetAsync(vaultbox.Id, $"encrypted_mail = '{policy}'");
        var (mail, der) = SealedBySomebody(key == "another's" ? BrowserKeys.Make(vaultbox.Id, vaultbox.Address, vault.Time.GetUtcNow()) : keys, ContentCipher.Aes256Cbc);
        Assert.Equal(DeliveryOutcome.Stored, (await vault.DeliverAsync(mail, vaultbox)).Outcome);

        var stored = (await ColumnAsync<byte[]>(vaultbox.Id, "body_encrypted"))!;
        Assert.NotEqual(der, stored);
        Assert.Equal(-1, stored.AsSpan().IndexOf(der.AsSpan(der.Length - 32)));
        Assert.DoesNotContain("Plans", await ColumnAsync<string>(vaultbox.Id, "outer_headers"), StringComparison.Ordinal);
    }

    /// <summary>As a sender makes it who has the certificate.</summary>
    private static (string Mail, byte[] Der) SealedBySomebody(BrowserKeys keys, ContentCipher cipher)
    {
        Assert.True(MailCertificate.TryParse(keys.Certificate.RawData, out var certificate));
        using var message = MessageSealer.Seal(new SealingRequest
        {
            Original = new(Encoding.ASCII.GetBytes(Mail)), TraceHeaders = "", Recipients = [certificate], Policy = HeaderPolicy.Open, Cipher = cipher,
            VaultboxId = Guid.Empty, MessageId = Guid.Empty, VaultboxAddress = "somebody@example.org", ReceivedAt = DateTimeOffset.UnixEpoch,
        });
        var mail = new System.Buffers.ArrayBufferWriter<byte>();
        OuterMessage.Write(message.OuterHeaders, message.Der.Span, mail);
        return (Encoding.ASCII.GetString(mail.WrittenSpan), message.Der.ToArray());
    }

    private Task SetAsync(Guid vaultboxId, string set) => vault.Database.ExecuteAsync($"UPDATE vaultboxes SET {set} WHERE id = '{vaultboxId}'");

    private Task<T?> ColumnAsync<T>(Guid vaultboxId, string column) =>
        vault.Database.ScalarAsync<T>($"SELECT {column} FROM encrypted_emails WHERE vaultbox_id = '{vaultboxId}'");
}
