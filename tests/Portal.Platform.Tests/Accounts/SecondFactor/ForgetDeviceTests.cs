using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SecondFactor;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SecondFactor;

public sealed class ForgetDeviceTests(PostgresCluster cluster) : SecondFactorTest(cluster)
{
    [Fact]
    public async Task Forget_OneOfTwo_AsksThatBrowserForTheFactorAgain()
    {
        var enrolled = await EnrolAsync();
        var first = await RememberAsync(enrolled);
        var second = await RememberAsync(enrolled);
        var newest = (await Get<GetSecondFactors>().HandleAsync(enrolled.Actor, Cancel)).Value!.Devices[0];

        var forgotten = await Get<ForgetDevice>().HandleAsync(Person(enrolled.UserId, Role.User), newest.Id, Cancel);

        Assert.Equal(1, forgotten.Value!.Devices);
        Assert.NotNull((await PassAsync(Email, device: second)).Value!.Pending);
        Assert.NotNull((await PassAsync(Email, device: first)).Value!.Session);
        Assert.Contains("was forgotten", await LastMailAsync("devices-forgotten", Email), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forget_AllAnothersOrNone_IsToldWhatItDid()
    {
        var enrolled = await EnrolAsync();
        await RememberAsync(enrolled);
        await RememberAsync(enrolled);
        var mine = (await Get<GetSecondFactors>().HandleAsync(enrolled.Actor, Cancel)).Value!.Devices[0].Id;
        var other = Person(await AddUserAsync("other@example.org"), Role.User);
        var actor = Person(enrolled.UserId, Role.User);

        Assert.Equal(AccountFailures.NotFound, (await Get<ForgetDevice>().HandleAsync(other, mine, Cancel)).Failure);
        Assert.Equal(AccountFailures.StepUpRequired, (await Get<ForgetDevice>().HandleAsync(Stale(enrolled.UserId), mine, Cancel)).Failure);
        Assert.Equal(2, (await Get<ForgetDevice>().HandleAsync(actor, null, Cancel)).Value!.Devices);
        Assert.Equal(AccountFailures.NotFound, (await Get<ForgetDevice>().HandleAsync(actor, null, Cancel)).Failure);
    }

    private async Task<string> RememberAsync(Enrolled enrolled)
    {
        var completed = await CompleteAsync(await PendingAsync(), Code(enrolled.Secret), remember: true);
        Time.Advance(TimeSpan.FromSeconds(60));
        return completed.Value!.Device!.Token;
    }
}
