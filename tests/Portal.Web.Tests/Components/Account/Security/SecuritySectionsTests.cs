using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;
using Portal.Platform.Accounts.SecondFactor;
using Portal.Testing;
using Portal.Web.Components.Account;
using Portal.Web.Components.Account.Security;
using Portal.Web.Identity;

namespace Portal.Web.Tests.Components.Account.Security;

public sealed class SecuritySectionsTests(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    private readonly DefaultHttpContext http = new();
    private int changes;

    public override async ValueTask InitializeAsync()
    {
        Services.AddSingleton<SignInCookies>().AddSingleton<SignInFlow>();
        Services.AddCascadingValue(_ => (HttpContext)http);
        await base.InitializeAsync();
        await Platform.ExecuteAsync($"INSERT INTO users (id, email, email_verified, password_hash) VALUES ('{UserId}', 'mara.lindqvist@vault.test', true, 'x')");
    }

    [Fact]
    public async Task Authenticator_SetUp_ShowsPictureAndTextThenTheCodesOnce()
    {
        var section = Render<AuthenticatorSection>(p => p.Add(s => s.Factors, With()).Add(s => s.Changed, Count()));
        section.Instance.Input = new AuthenticatorInput { Act = "begin" };
        await section.Find("form").SubmitAsync();
        var text = section.WaitForElement("#authenticator-secret").TextContent;
        Assert.NotEmpty(section.Find("svg[role=img] path").GetAttribute("d")!);
        Assert.Equal(("numeric", "one-time-code"), (Code(section, "inputmode"), Code(section, "autocomplete")));

        section.Instance.Input = new AuthenticatorInput { Act = "confirm", Code = "no code" };
        await section.Find("form").SubmitAsync();
        section.WaitForElement("#authenticator-code-error");
        Assert.Equal((text, "true"), (section.Find("#authenticator-secret").TextContent, Code(section, "aria-invalid")));
        Assert.Equal(0, changes);

        var totp = new Totp(Base32Encoding.ToBytes(text.Replace(" ", string.Empty, StringComparison.Ordinal)));
        section.Instance.Input = new AuthenticatorInput { Act = "confirm", Code = totp.ComputeTotp(Time.GetUtcNow().UtcDateTime) };
        await section.Find("form").SubmitAsync();
        section.WaitForAssertion(() => Assert.Equal(10, section.FindAll("ol[aria-label='Recovery codes'] code").Count));
        Assert.Equal(1, changes);
    }

    [Fact]
    public async Task Authenticator_RemovingWhatIsGone_SaysSo()
    {
        var section = Render<AuthenticatorSection>(p => p.Add(s => s.Factors, With() with { AuthenticatorSince = Time.GetUtcNow() }));
        section.Instance.Input = new AuthenticatorInput { Act = "remove" };

        await section.Find("form").SubmitAsync();

        Assert.Contains("There is no authenticator app", section.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, "10 left", "vb-chip-neutral")]
    [InlineData(1, "1 left", "vb-chip-warn")]
    [InlineData(0, "None left", "vb-chip-warn")]
    public void RecoveryCodes_HowManyAreLeft_IsSaidAndMarkedWhenFew(int left, string said, string mark)
    {
        var section = Render<RecoveryCodesSection>(p => p.Add(s => s.Factors, With(new SecondFactorState(true, 0, left))));

        Assert.Equal(said, section.Find($".{mark}").TextContent.Trim());
    }

    [Fact]
    public void RecoveryCodes_WithoutASecondFactor_OffersNone()
    {
        var section = Render<RecoveryCodesSection>(p => p.Add(s => s.Factors, With()));

        Assert.Empty(section.FindAll("button"));
    }

    [Fact]
    public void Devices_TwoRemembered_AreNamedAndEachCanBeForgotten()
    {
        RememberedDeviceView[] devices =
        [
            new(Guid.NewGuid(), "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", Time.GetUtcNow(), Time.GetUtcNow(), Time.GetUtcNow().AddDays(30)),
            new(Guid.NewGuid(), null, Time.GetUtcNow(), Time.GetUtcNow(), Time.GetUtcNow().AddDays(30)),
        ];

        var section = Render<RememberedDevicesSection>(p => p.Add(s => s.Factors, With() with { Devices = devices }));

        Assert.Equal(["Firefox on Linux", "A browser"], section.FindAll("li .name").Select(name => name.TextContent));
        Assert.Equal([$"{devices[0].Id}", $"{devices[1].Id}", ""], section.FindAll("button[name='Input.Device']").Select(button => button.GetAttribute("value")));
    }

    [Theory]
    [InlineData(false, "15 characters or more, and")]
    [InlineData(true, "8 characters or more, since")]
    public void Password_Rules_FollowTheSecondFactor(bool hasFactor, string rule)
    {
        var section = Render<PasswordSection>(p => p.Add(s => s.Factors, With(new SecondFactorState(hasFactor, 0, 0))));

        Assert.StartsWith(rule, section.Find("#password-hint").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_WithoutAProof_GoesToConfirmAndComesBack()
    {
        Time.Advance(TimeSpan.FromMinutes(11));
        Navigation.NavigateTo("/account/security");
        var section = Render<PasswordSection>(p => p.Add(s => s.Factors, With()));
        Assert.Equal("current-password", section.WaitForElement("#current-password").GetAttribute("autocomplete"));
        section.Instance.Input = new PasswordInput { New = "whatever it is that is new" };

        await section.Find("form").SubmitAsync();

        section.WaitForAssertion(() => Assert.EndsWith("/account/confirm?returnUrl=%2Faccount%2Fsecurity", Navigation.Uri, StringComparison.Ordinal));
    }

    [Fact]
    public void SecondFactor_WithoutTheFirstStep_LeadsBackToIt()
    {
        http.Request.Method = HttpMethods.Get;

        var page = Render<SecondFactorPage>();

        Assert.Equal("/account/sign-in", page.WaitForElement("a.vb-button").GetAttribute("href"));
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    public async Task SecondFactor_PostedAfterTheFirstStepRanOut_LeadsBackToIt()
    {
        http.Request.Method = HttpMethods.Post;
        var page = Render<SecondFactorPage>();

        await page.WaitForElement("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("/account/sign-in", page.Find("a.vb-button").GetAttribute("href")));
    }

    private static SecondFactorsView With(SecondFactorState? state = null) => new(state ?? new SecondFactorState(false, 0, 0), null, true, []);

    private static string? Code(IRenderedComponent<AuthenticatorSection> section, string attribute) => section.Find("#authenticator-code").GetAttribute(attribute);

    private EventCallback Count() => EventCallback.Factory.Create(this, () => changes++);
}
