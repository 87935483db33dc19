namespace Portal.Web.Tests.Authorisation;

/// <summary>Asks every row of the table as every caller, on the real portal.</summary>
[Collection(nameof(AuthorisationCollection))]
public sealed class AuthorisationTests(AuthorisationWorld world)
{
    public static TheoryData<string, Caller> Asked => Cases(_ => true);

    public static TheoryData<string, Caller> Allowed => Cases(verdict => verdict == Verdict.Allowed, caller => caller is Caller.Owner or Caller.Admin);

    public static TheoryData<string, Caller> Refused => Cases(verdict => verdict is Verdict.Absent or Verdict.ViewRefused);

    public static TheoryData<string> Owned =>
        [.. AuthorisationTable.All.Where(row => row.Call is not null && row.Rule.Verdicts[Caller.OtherUser] == Verdict.Absent && !row.Rule.IsOpenWall
            && row.Rule.Verdicts.Any(verdict => verdict is { Key: not Caller.Viewer, Value: Verdict.Allowed })).Select(row => row.Key)];

    [Theory]
    [MemberData(nameof(Asked))]
    public async Task Ask_AsTheCaller_GetsWhatTheTableSays(string key, Caller caller)
    {
        var row = AuthorisationTable.Find(key);

        var answer = await row.Call!(await world.AskAsync(row, caller));

        AssertVerdict(row, row.Rule.Verdicts[caller], answer);
    }

    /// <summary>Who learns nothing of another's thing learns not even that it exists: the two answers are the same to the byte.</summary>
    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Ask_ForAnothersThing_IsAnsweredAsForWhatDoesNotExist(string key, Caller caller)
    {
        var row = AuthorisationTable.Find(key);
        var real = await world.AskAsync(row, caller);

        var anothers = await row.Call!(real);
        var nobodys = await row.Call!(real with { IsReal = false });

        Assert.Equal(nobodys.Text, anothers.Text);
    }

    /// <summary>Changing an id within a view reaches nobody else.</summary>
    [Theory]
    [MemberData(nameof(Owned))]
    public async Task Ask_InAViewOfAnotherAccount_ReachesNothing(string key)
    {
        var row = AuthorisationTable.Find(key);

        var answer = await row.Call!(await world.AskFromAnotherViewAsync(row));

        Assert.True(answer.Verdict is Verdict.Absent or Verdict.ViewRefused, $"{row.Key}: the answer was {answer.Verdict}.\n{answer.Text}");
    }

    [Theory]
    [MemberData(nameof(Allowed))]
    public async Task Ask_WithAnOldProof_IsAskedForANewOneWhereTheTableSaysSo(string key, Caller caller)
    {
        var row = AuthorisationTable.Find(key);

        var answer = await row.Call!(await world.AskAsync(row, caller, stale: true));

        AssertVerdict(row, row.Rule.StepUp ? Verdict.StepUpAsked : Verdict.Allowed, answer);
    }

    private static void AssertVerdict(Row row, Verdict expected, Answer answer)
    {
        var verdict = answer.Code is { } code && row.Passes.Contains(code, StringComparer.Ordinal) ? Verdict.Allowed : answer.Verdict;
        Assert.True(expected == verdict, $"{row.Key}: the table says {expected}, the answer was {verdict}.\n{answer.Text}");
    }

    private static TheoryData<string, Caller> Cases(Func<Verdict, bool> isMeant, Func<Caller, bool>? isAsked = null)
    {
        var cases = new TheoryData<string, Caller>();
        foreach (var row in AuthorisationTable.All.Where(row => row.Call is not null))
        {
            foreach (var (caller, verdict) in row.Rule.Verdicts.Where(v => isMeant(v.Value) && isAsked?.Invoke(v.Key) != false))
                cases.Add(row.Key, caller);
        }

        return cases;
    }
}
