using Microsoft.Extensions.DependencyInjection;

namespace Portal.Vault.Certificates;

internal static class CertificateServices
{
    /// <summary>What owners do with the keys of a vaultbox, and what falls due by time.</summary>
    public static IServiceCollection AddKeyUseCases(this IServiceCollection services)
    {
        services.AddSingleton<ListCertificates>().AddSingleton<GetCertificate>().AddSingleton<GetKeyCoverage>();
        services.AddSingleton<CheckCertificates>().AddSingleton<AddCertificate>().AddSingleton<StoreKeys>().AddSingleton<AddMailKey>();
        services.AddSingleton<RenameCertificate>().AddSingleton<RetireCertificate>().AddSingleton<ResumeCertificate>().AddSingleton<DeleteCertificate>();
        services.AddSingleton<StartKeyProof>().AddSingleton<FinishKeyProof>();
        services.AddSingleton<GetVaultKeyWraps>().AddSingleton<ReplaceVaultKeyWrap>().AddSingleton<WarnOfExpiringKeys>();
        return services;
    }
}
