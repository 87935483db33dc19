using System.CommandLine;
using System.Globalization;
using Portal.Platform.Accounts;
using Portal.Platform.Audit;
using Portal.Web.InstallationKeys;
using Portal.Web.Provisioning.Audit;
using Portal.Web.Provisioning.Databases;

namespace Portal.Web.Cli;

/// <summary>The verb <c>check audit</c>.</summary>
internal static class AuditCommands
{
    public static Command CreateCheck(CommandServices services)
    {
        var audit = new Command("audit", "Verifies the whole audit log against its hashes and the signed heads in the data directory.");
        audit.SetAction((parsed, cancellationToken) => CommandRun.OnServicesAsync(
            services, parsed, provider => RunAsync(parsed, provider, cancellationToken), cancellationToken));
        return audit;
    }

    private static async Task<int> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancellationToken)
    {
        var data = DataDirectory.Open(parsed.GetValue(PortalCommands.Data));
        using var keys = InstallationKeySet.LoadOrCreate(data.Keys);
        var heads = new SignedHeads(Path.Combine(data.Location, AuditHosting.HeadsFile), keys.Receipt, TimeProvider.System);
        var check = await new CheckAudit(services.GetRequiredService<VerifyChain>(), services.GetRequiredService<KeepAuditCheck>(), heads)
            .HandleAsync(Actor.Operator, cancellationToken);
        if (!check.Succeeded)
            return await CommandRun.RefuseAsync(parsed, check.Failure);
        await parsed.InvocationConfiguration.Output.WriteLineAsync(Verdict(check.Value));
        return check.Value.Fault is null ? 0 : 1;
    }

    internal static string Verdict(AuditCheck check) => check.Fault is null
        ? string.Create(CultureInfo.InvariantCulture, $"The audit log is whole: {check.Entries:N0} entries, {check.Heads:N0} signed heads.{Unsigned(check)}")
        : string.Create(CultureInfo.InvariantCulture, $"The audit log is broken at entry {check.BadSeq}: {AuditFaultWords.Of(check.Fault)}");

    private static string Unsigned(AuditCheck check) =>
        check is { Heads: 0, Entries: > 0 } ? " No signed head stands in this data directory, so a cut-off end or a log written anew would not be seen." : string.Empty;
}
