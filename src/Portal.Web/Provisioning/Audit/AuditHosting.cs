using System.Security.Cryptography;
using Portal.Platform.Audit;

namespace Portal.Web.Provisioning.Audit;

internal static class AuditHosting
{
    /// <summary>Where the signed heads are; set by the verb that knows the data directory. Without it none are kept.</summary>
    public const string HeadsKey = "Portal:Audit:HeadsFile";

    public const string HeadsFile = "audit-heads.jsonl";

    /// <param name="isDelivery">Whether this instance fills the chain and checks it by itself.</param>
    public static IServiceCollection AddAuditChain(this IServiceCollection services, string? headsFile, ECDsa key, bool isDelivery)
    {
        services.AddSingleton(provider => new SignedHeads(headsFile, key, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new CheckAudit(
            provider.GetRequiredService<VerifyChain>(), provider.GetRequiredService<KeepAuditCheck>(), provider.GetRequiredService<SignedHeads>()));
        services.AddSingleton<MoveAudit>();
        return isDelivery ? services.AddHostedService<AuditMover>().AddHostedService<AuditChecks>() : services;
    }
}
