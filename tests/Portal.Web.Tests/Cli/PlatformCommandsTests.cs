using System.CommandLine;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Portal.Platform;
using Portal.Platform.Accounts.Tokens;
using Portal.Testing;
using Portal.Web.Cli;

namespace Portal.Web.Tests.Cli;

public sealed class PlatformCommandsTests(PostgresCluster cluster) : IAsyncLifetime
{
    private static readonly string Password = RandomNumberGenerator.GetHexString(32);
    private TestDatabase? database;

    public async ValueTask InitializeAsync() => database = await cluster.CreatePlatformAsync();

    public ValueTask DisposeAsync() => database!.DisposeAsync();

    [Fact]
    public async Task UserAdd_WithAPasswordOnInput_AddsTheAccountAndPrintsNothingOnOutput()
    {
        var run = await RunAsync("user add someone@example.org --role support --password-stdin", $"{Password}\n");

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains("Added someone@example.org as support.", run.Error, StringComparison.Ordinal);
        Assert.Equal("support", await database!.ScalarAsync<string>("SELECT role FROM users WHERE email_verified"));
    }

    [Theory]
    [InlineData("user add someone@example.org --role user --password-stdin", "short", "password_too_short")]
    [InlineData("user add someone@example.org --role user --password-stdin", "", "password_too_short")]
    [InlineData("domain add example.net --owner nobody@example.org", "", "user_unknown")]
    [InlineData("token add nobody@example.org", "", "user_unknown")]
    public async Task Verb_ThatIsRefused_ExitsWithOneAndSaysWhyOnError(string line, string input, string code)
    {
        var run = await RunAsync(line, input);

        Assert.Equal((1, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains($"({code})", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("user add someone@example.org --role root --password-stdin")]
    [InlineData("user add someone@example.org --role user")]
    [InlineData("user add --role user --password-stdin")]
    [InlineData("domain add example.net")]
    [InlineData("token add someone@example.org --days soon")]
    public async Task Verb_UsedWrongly_ExitsWithOneAndTouchesNothing(string line)
    {
        var run = await RunAsync(line, $"{Password}\n");

        Assert.Equal(1, run.ExitCode);
        Assert.NotEmpty(run.Error);
        Assert.Equal(0L, await database!.ScalarAsync<long>("SELECT count(*) FROM users"));
    }

    [Fact]
    public async Task Verb_WhileTheDatabaseIsDown_SaysSoInWords()
    {
        await database!.GoDownAsync();

        var run = await RunAsync("token add someone@example.org", string.Empty);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("The database does not answer.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DomainAdd_VerifiedAndShared_SaysSo()
    {
        await RunAsync("user add owner@example.org --role user --password-stdin", $"{Password}\n");

        var run = await RunAsync("domain add Example.NET --owner owner@example.org --verified --shared", string.Empty);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("example.net is verified, shared with every account.", run.Error.Trim());
    }

    [Fact]
    public async Task TokenAdd_ForAnAccount_PrintsTheTokenAloneOnOutput()
    {
        await RunAsync("user add owner@example.org --role user --password-stdin", $"{Password}\n");

        var run = await RunAsync("token add owner@example.org --scopes messages:read,keys:read --days 7", string.Empty);

        Assert.Equal(0, run.ExitCode);
        await using var services = Services();
        var valid = await services.GetRequiredService<AuthenticateToken>().HandleAsync(run.Output.Trim(), null, TestContext.Current.CancellationToken);
        Assert.Equal(["keys:read", "messages:read"], valid!.Scopes.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.DoesNotContain(run.Output.Trim(), run.Error, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(string line, string input)
    {
        using var reader = new StringReader(input);
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        CommandServices services = (_, _) => ValueTask.FromResult(Services());
        var root = new RootCommand
        {
            AccountCommands.CreateUser(services, reader),
            AccountCommands.CreateToken(services),
            DomainCommands.Create(services),
        };
        var exitCode = await root.Parse(line).InvokeAsync(
            new InvocationConfiguration { Output = output, Error = error }, TestContext.Current.CancellationToken);
        return (exitCode, output.ToString(), error.ToString());
    }

    private ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddPlatform(database!.Service);
        services.Configure<PlatformOptions>(options => options.BcryptCost = 4);
        return services.BuildServiceProvider();
    }
}
