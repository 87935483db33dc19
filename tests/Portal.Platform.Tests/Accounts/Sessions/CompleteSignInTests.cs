using System.Net;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Tests.Accounts.SecondFactor;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.Sessions;

public sealed class CompleteSignInTests(PostgresCluster cluster) : SecondFactorTest(cluster)
{
    [Fact]
    public async Task Pass_WithASecondFactor_OpensNoSessionYet()
    {
        await EnrolAsync();

        var passed = await PassAsync(Email);

        Assert.Null(passed.Value!.Session);
        Assert.Equal(0, await CountAsync("sessions"));
    }

    [Fact]
    public async Task Complete_WithTheCode_OpensASession()
    {
        var enrolled = await EnrolAsync();

        var completed = await CompleteAsync(await PendingAsync(), Code(enrolled.Secret));

        Assert.Equal(enrolled.UserId, completed.Value!.Session.UserId);
        Assert.Null(completed.Value.Device);
        Assert.Equal("password+totp", await Database.ScalarAsync<string>("SELECT auth_method FROM sessions"));
    }

    [Fact]
    public async Task Complete_OneCodeManyTimesAtOnce_SucceedsOnce()
    {
        var enrolled = await EnrolAsync();
        var pending = await PendingAsync();
        var code = Code(enrolled.Secret);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => CompleteAsync(pending, code)));

        Assert.Single(outcomes, outcome => outcome.Succeeded);
        Assert.Equal(1, await CountAsync("sessions"));
    }

    [Fact]
    public async Task Complete_AnOlderCodeAfterANewer_IsRefused()
    {
        var enrolled = await EnrolAsync();
        var older = Code(enrolled.Secret);
        Time.Advance(TimeSpan.FromSeconds(30));
        Assert.True((await CompleteAsync(await PendingAsync(), Code(enrolled.Secret))).Succeeded);

        Assert.Equal("second_factor_refused", (await CompleteAsync(await PendingAsync(), older)).Failure?.Code);
    }

    [Fact]
    public async Task Complete_WithARecoveryCode_WorksOnceAndTellsTheOwner()
    {
        var enrolled = await EnrolAsync();
        var typed = enrolled.Codes[4].ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal);

        var first = await CompleteAsync(await PendingAsync(), typed, recovery: true);
        var second = await CompleteAsync(await PendingAsync(), typed, recovery: true);

        Assert.True(first.Succeeded);
        Assert.Equal("second_factor_refused", second.Failure?.Code);
        Assert.Equal("password+recovery", await Database.ScalarAsync<string>("SELECT auth_method FROM sessions"));
        Assert.Contains("you have 9 codes left", await LastMailAsync("recovery-code-used", Email), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complete_AnothersRecoveryCode_IsRefused()
    {
        var other = await EnrolAsync("other@example.org");
        await EnrolAsync();

        Assert.False((await CompleteAsync(await PendingAsync(), other.Codes[0], recovery: true)).Succeeded);
        Assert.Equal(0, await CountAsync("recovery_codes", "used_at IS NOT NULL"));
    }

    /// <summary>The right password between the guesses does not start the count anew: else it would buy guesses without end.</summary>
    [Fact]
    public async Task Complete_TenWrongCodes_LockTheAccountHoweverOftenThePasswordWasRight()
    {
        var enrolled = await EnrolAsync();
        for (var i = 0; i < 10; i++)
            Assert.Equal("second_factor_refused", (await CompleteAsync(await PendingAsync(), WrongCode(enrolled.Secret))).Failure?.Code);

        Assert.Equal("sign_in_refused", (await PassAsync(Email, ip: IPAddress.Parse("203.0.113.9"))).Failure?.Code);
    }

    [Fact]
    public async Task Complete_WrongCodesAtOnce_AreCountedOneByOne()
    {
        var enrolled = await EnrolAsync();
        var pending = await PendingAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 14).Select(_ => CompleteAsync(pending, WrongCode(enrolled.Secret))));

        Assert.Equal(10, outcomes.Count(outcome => outcome.Failure?.Code == "second_factor_refused"));
        Assert.Equal("sign_in_expired", (await CompleteAsync(pending, Code(enrolled.Secret))).Failure?.Code);
    }

    [Fact]
    public async Task Complete_MoreFailuresThanAnAddressHas_IsToldToWait()
    {
        var enrolled = await EnrolAsync();
        await Database.ExecuteAsync("UPDATE users SET lockout_enabled = false");
        var pending = await PendingAsync();
        for (var i = 0; i < 20; i++)
            await CompleteAsync(pending, WrongCode(enrolled.Secret), ip: Ip);

        Assert.Equal("too_many_attempts", (await CompleteAsync(pending, Code(enrolled.Secret), ip: Ip)).Failure?.Code);
    }

    [Theory]
    [InlineData("UPDATE users SET password_hash = password_hash || 'x'")]
    [InlineData("UPDATE users SET status = 'suspended'")]
    public async Task Complete_AfterTheAccountChanged_MustStartAgain(string change)
    {
        var enrolled = await EnrolAsync();
        var pending = await PendingAsync();
        await Database.ExecuteAsync(change);

        Assert.Equal("sign_in_expired", (await CompleteAsync(pending, Code(enrolled.Secret))).Failure?.Code);
        Assert.Null(await Get<CompleteSignIn>().FindAsync(pending, Cancel));
    }

    [Fact]
    public async Task Complete_TenMinutesLater_MustStartAgain()
    {
        var enrolled = await EnrolAsync();
        var pending = await PendingAsync();
        Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        Assert.Equal((true, 10), ((await Get<CompleteSignIn>().FindAsync(pending, Cancel))!.HasAuthenticator, 10));
        Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("sign_in_expired", (await CompleteAsync(pending, Code(enrolled.Secret))).Failure?.Code);
    }

    [Fact]
    public async Task Pass_FromARememberedBrowser_AsksForNoFactorForThirtyDays()
    {
        var enrolled = await EnrolAsync();
        var device = (await CompleteAsync(await PendingAsync(), Code(enrolled.Secret), remember: true)).Value!.Device!;
        Time.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));

        Assert.NotNull((await PassAsync(Email, device: device.Token)).Value!.Session);
        Assert.Equal(1, await CountAsync("sessions", "auth_method = 'password+device'"));
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull((await PassAsync(Email, device: device.Token)).Value!.Pending);
    }

    [Fact]
    public async Task Pass_WithAnothersDeviceToken_AsksForTheFactor()
    {
        var other = await EnrolAsync("other@example.org");
        var pending = (await PassAsync("other@example.org")).Value!.Pending!;
        var device = (await CompleteAsync(pending, Code(other.Secret), remember: true)).Value!.Device!;
        await EnrolAsync();

        Assert.NotNull((await PassAsync(Email, device: device.Token)).Value!.Pending);
    }

    /// <summary>An address that was not proved counts as unknown, whatever the password.</summary>
    [Fact]
    public async Task Pass_BeforeTheAddressIsVerified_IsRefusedLikeAnUnknownAccount()
    {
        await AddUserAsync(Email);
        await Database.ExecuteAsync("UPDATE users SET email_verified = false");

        Assert.Equal("sign_in_refused", (await PassAsync(Email)).Failure?.Code);
        Assert.Equal((await PassAsync("nobody@example.org")).Failure, (await PassAsync(Email)).Failure);
        Assert.Equal(0, await CountAsync("sessions"));
    }
}
