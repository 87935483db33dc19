namespace Portal.Vault.Tests.Vaultboxes;

/// <summary>What the database keeps in a mailbox's row of the messages in it.</summary>
public sealed class MailboxAmountsTests(VaultFixture vault) : VaultboxTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Amounts_OfMessagesStoredMovedAndRemoved_AreWhatCountingGives()
    {
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => DeliverAsync(Box.Alias)));
        await DeliverAsync(Box.Alias, messageId: "<twice@example.org>");
        await DeliverAsync(Box.Alias, messageId: "<twice@example.org>");
        await AssertTrueAsync(6);
        await Vault.Database.ExecuteAsync(
            $"""
             INSERT INTO mailboxes (vaultbox_id, name, uid_validity) VALUES ('{Box.Id}', 'Sent', 1);
             UPDATE encrypted_emails SET flags = ARRAY['Seen'] WHERE vaultbox_id = '{Box.Id}';
             UPDATE encrypted_emails e SET mailbox_id = m.id, size = e.size + 7 FROM mailboxes m
             WHERE m.vaultbox_id = '{Box.Id}' AND m.name = 'Sent' AND e.vaultbox_id = '{Box.Id}' AND e.uid <= 2
             """);
        await AssertTrueAsync(6);
        await Vault.Database.ExecuteAsync($"DELETE FROM encrypted_emails WHERE vaultbox_id = '{Box.Id}' AND uid IN (1, 3)");
        await AssertTrueAsync(4);
    }

    private async Task AssertTrueAsync(long messages)
    {
        Assert.Equal(messages, await Vault.CountAsync($"SELECT sum(message_count)::bigint FROM mailboxes WHERE vaultbox_id = '{Box.Id}'"));
        Assert.Equal(0L, await Vault.CountAsync(
            $"""
             SELECT count(*) FROM mailboxes m WHERE m.vaultbox_id = '{Box.Id}'
                 AND (m.message_count, m.octets) IS DISTINCT FROM (SELECT (count(*), coalesce(sum(size), 0)::bigint) FROM encrypted_emails e WHERE e.mailbox_id = m.id)
             """));
    }
}
