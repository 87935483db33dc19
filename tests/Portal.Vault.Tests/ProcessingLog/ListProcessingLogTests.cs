using System.Net;
using Portal.Vault.ProcessingLog;

namespace Portal.Vault.Tests.ProcessingLog;

public sealed class ListProcessingLogTests(VaultFixture vault) : LogTest(vault), IClassFixture<VaultFixture>
{
    [Theory]
    [InlineData("nobody@vault.test")]
    [InlineData("NOBODY@Vault.test")]
    [InlineData("otto@example.org")]
    [InlineData("vault.test")]
    [InlineData("Example.org")]
    [InlineData("192.0.2.77")]
    [InlineData("550")]
    [InlineData("5.1.1")]
    [InlineData("550 5.1.1")]
    public async Task Handle_TextOfTheRow_FindsIt(string text)
    {
        var row = Row();
        await WriteAsync(row);

        Assert.Contains(row.PassportId, await ListAsync(new(Vault.Admin, Text: text, Stages: [LogStages.Refused])));
    }

    [Theory]
    [InlineData("somebody@vault.test")]
    [InlineData("body@vault.test")]
    [InlineData("ault.test")]
    [InlineData("192.0.2.78")]
    [InlineData("551")]
    [InlineData("5.1.2")]
    [InlineData("550 5.1.2")]
    [InlineData("%")]
    public async Task Handle_OtherText_DoesNotFindIt(string text)
    {
        var row = Row();
        await WriteAsync(row);

        Assert.DoesNotContain(row.PassportId, await ListAsync(new(Vault.Admin, Text: text)));
    }

    [Fact]
    public async Task Handle_EachFilter_FindsItsRowsAlone()
    {
        var box = Guid.CreateVersion7();
        var mine = Row() with
        {
            VaultboxId = box,
            PeerIp = "2001:db8::7",
            Sender = "ines@sender.test",
            Recipient = "kim@own.test",
            Stage = LogStages.Deferred,
            Outcome = LogOutcomes.Deferred,
            SmtpCode = 452,
            EnhancedCode = "4.2.2",
        };
        await WriteAsync(mine, Row());
        var asked = new ListProcessingLogRequest(Vault.Admin);

        foreach (var request in new[]
        {
            asked with { Domain = "own.test" }, asked with { Domain = "SENDER.test" }, asked with { Address = "Kim@own.test" }, asked with { Address = "ines@sender.test" },
            asked with { Code = "452" }, asked with { Code = "4.2.2" }, asked with { PeerIp = IPAddress.Parse("2001:db8::7") }, asked with { VaultboxId = box },
            asked with { PassportId = mine.PassportId }, asked with { Domain = "own.test", Address = "ines@sender.test", Code = "452 4.2.2" },
        })
        {
            Assert.Equal([mine.PassportId], (await ListAsync(request)).Intersect([mine.PassportId]));
            Assert.All(await ListAsync(request), id => Assert.Equal(mine.PassportId, id));
        }
    }

    [Fact]
    public async Task Handle_DomainOfSenderAndOfRecipient_GivesEachRowOnceInOrderOverPages()
    {
        var rows = Enumerable.Range(0, 7).Select(n => Row() with
        {
            OccurredAt = Vault.Time.GetUtcNow().AddSeconds(-n),
            Sender = n % 2 == 0 ? "a@both.test" : "a@elsewhere.test",
            Recipient = n % 3 == 0 || n % 2 == 1 ? "b@both.test" : "b@elsewhere.test",
        }).ToArray();
        await WriteAsync(rows);

        var found = new List<Guid>();
        string? after = null;
        do
        {
            var page = (await Vault.Get<ListProcessingLog>().HandleAsync(new(Vault.Admin, Domain: "both.test", Limit: 3, After: after), Cancel)).Value!;
            found.AddRange(page.Items.Select(l => l.PassportId));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(rows.Select(r => r.PassportId), found);
    }
}
