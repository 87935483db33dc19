using System.Globalization;
using Portal.Audit;

namespace Portal.Web.Tests.Authorisation;

/// <summary>Every writing use case leaves its act in the audit log.</summary>
[Collection(nameof(AuthorisationCollection))]
public sealed class AuditedActsTests(AuthorisationWorld world)
{
    /// <summary>What the table asks changes nothing: the key is in use already.</summary>
    private const string Idle = "ResumeCertificate";

    public static TheoryData<string> Asked =>
        [.. AuthorisationTable.All.Where(row => row.Call is not null && row.Key != Idle && AuditedActs.Leaves.ContainsKey(row.Key)).Select(row => row.Key)];

    [Fact]
    public void Table_UseCases_EachSayWhatTheyLeave()
    {
        var useCases = AuthorisationTable.All.Select(row => row.Key).Where(key => !key.Contains(' ', StringComparison.Ordinal)).ToList();
        var named = AuditedActs.Leaves.Keys.Concat(AuditedActs.Silent.Keys).ToList();

        Assert.Empty(useCases.Where(useCase => !AuditedActs.IsReader(useCase)).Except(named, StringComparer.Ordinal));
        Assert.Empty(AuditedActs.Leaves.Keys.Intersect(AuditedActs.Silent.Keys, StringComparer.Ordinal));
        Assert.Empty(AuditedActs.Leaves.Keys.Except(useCases, StringComparer.Ordinal));
        Assert.Empty(AuditedActs.Leaves.Values.Except(Acts.All, StringComparer.Ordinal));
    }

    /// <summary>A call that is refused for its content, after the check of who may, is proved by the use case's own tests.</summary>
    [Theory]
    [MemberData(nameof(Asked))]
    public async Task Ask_AWritingUseCase_LeavesItsAct(string key)
    {
        var row = AuthorisationTable.Find(key);
        var caller = new[] { Caller.Owner, Caller.Admin, Caller.Support }.First(c => row.Rule.Verdicts[c] == Verdict.Allowed);
        var asker = await world.AskAsync(row, caller);
        var since = TimeProvider.System.GetUtcNow().AddMilliseconds(-1);

        var answer = await row.Call!(asker);

        if (answer.Code is { } code)
            Assert.Contains(code, row.Passes);
        else
            Assert.True(await IsRecordedAsync(AuditedActs.Leaves[key], since), $"{key} left no {AuditedActs.Leaves[key]}.");
    }

    /// <summary>An act stands in an outbox until it is in the chain: looked for in this order, it is not missed on its way.</summary>
    private async Task<bool> IsRecordedAsync(string act, DateTimeOffset since)
    {
        var which = string.Create(CultureInfo.InvariantCulture, $"WHERE act = '{act}' AND occurred_at >= '{since:O}'");
        return await world.Vault.ScalarAsync<long>($"SELECT count(*) FROM audit_outbox {which}") > 0
            || await world.Platform.ScalarAsync<long>($"SELECT count(*) FROM audit_outbox {which}") > 0
            || await world.Platform.ScalarAsync<long>($"SELECT count(*) FROM audit_log {which}") > 0;
    }
}
