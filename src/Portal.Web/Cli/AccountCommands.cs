using System.CommandLine;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Tokens;

namespace Portal.Web.Cli;

/// <summary>The verbs <c>user add</c> and <c>token add</c>.</summary>
internal static class AccountCommands
{
    /// <param name="input">Where the password comes from.</param>
    public static Command CreateUser(CommandServices services, TextReader input)
    {
        var email = new Argument<string>("EMAIL") { Description = "The e-mail address to sign in with." };
        var role = new Option<string>("--role") { Description = "What the account may do at most.", Required = true };
        role.AcceptOnlyFromAmong("user", "support", "admin");
        var fromInput = new Option<bool>("--password-stdin") { Description = "Read the password from standard input (one line)." };
        var add = new Command("add", "Adds an account, which counts as verified.") { email, role, fromInput };
        add.Validators.Add(result =>
        {
            if (!result.GetValue(fromInput))
                result.AddError("Give --password-stdin and the password on standard input: on a command line others could read it.");
        });
        add.SetAction((parsed, cancellationToken) => CommandRun.OnServicesAsync(services, parsed, async provider =>
        {
            var password = await input.ReadLineAsync(cancellationToken);
            var request = new AddUserRequest(parsed.GetValue(email), Enum.Parse<Role>(parsed.GetValue(role)!, true), password);
            var added = await provider.GetRequiredService<AddUser>().HandleAsync(Actor.Operator, request, cancellationToken);
            return added.Succeeded
                ? await CommandRun.ReportAsync(parsed, $"Added {added.Value.Email} as {added.Value.Role.ToString().ToLowerInvariant()}.")
                : await CommandRun.RefuseAsync(parsed, added.Failure);
        }, cancellationToken));
        return new Command("user", "Accounts of people.") { add };
    }

    public static Command CreateToken(CommandServices services)
    {
        var email = new Argument<string>("EMAIL") { Description = "The account that the token acts for." };
        var scopes = new Option<string?>("--scopes") { Description = $"Comma-separated: {string.Join(", ", TokenScopes.Known)}. Without it: all that the owner may do." };
        var days = new Option<int?>("--days") { Description = "Days until it expires. Without it: never." };
        var add = new Command("add", "Makes an API token and prints it, once, alone on standard output.") { email, scopes, days };
        add.SetAction((parsed, cancellationToken) => CommandRun.OnServicesAsync(services, parsed, async provider =>
        {
            var narrowed = parsed.GetValue(scopes)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var request = new IssueTokenRequest(parsed.GetValue(email), narrowed, parsed.GetValue(days));
            var issued = await provider.GetRequiredService<IssueToken>().HandleAsync(Actor.Operator, request, cancellationToken);
            if (!issued.Succeeded)
                return await CommandRun.RefuseAsync(parsed, issued.Failure);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(issued.Value.Token);
            var until = issued.Value.ExpiresAt is { } expiry ? $"until {expiry:yyyy-MM-dd HH:mm} UTC" : "with no expiry";
            return await CommandRun.ReportAsync(parsed, $"Token with {string.Join(", ", issued.Value.Scopes)}, {until}. It is not shown again.");
        }, cancellationToken));
        return new Command("token", "API tokens.") { add };
    }
}
