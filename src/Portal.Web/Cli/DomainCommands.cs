using System.CommandLine;
using Portal.Platform.Accounts;
using Portal.Platform.Domains;

namespace Portal.Web.Cli;

/// <summary>The verb <c>domain add</c>.</summary>
internal static class DomainCommands
{
    public static Command Create(CommandServices services)
    {
        var domain = new Argument<string>("DOMAIN") { Description = "The mail domain." };
        var owner = new Option<string>("--owner") { Description = "E-mail address of the owner's account.", Required = true };
        var verified = new Option<bool>("--verified") { Description = "Vouch for the ownership; without it the domain waits for its TXT record." };
        var shared = new Option<bool>("--shared") { Description = "Let every account use it." };
        var add = new Command("add", "Gives a domain to an account, or raises one that it has.") { domain, owner, verified, shared };
        add.SetAction((parsed, cancellationToken) => CommandRun.OnServicesAsync(services, parsed, async provider =>
        {
            var request = new AddDomainRequest(
                parsed.GetValue(domain), parsed.GetValue(owner), parsed.GetValue(verified), parsed.GetValue(shared));
            var added = await provider.GetRequiredService<AddDomain>().HandleAsync(Actor.Operator, request, cancellationToken);
            if (!added.Succeeded)
                return await CommandRun.RefuseAsync(parsed, added.Failure);
            var sharing = added.Value.Shared ? ", shared with every account" : string.Empty;
            return await CommandRun.ReportAsync(parsed, $"{added.Value.Domain} is {added.Value.VerificationStatus.ToString().ToLowerInvariant()}{sharing}.");
        }, cancellationToken));
        return new Command("domain", "Mail domains.") { add };
    }
}
