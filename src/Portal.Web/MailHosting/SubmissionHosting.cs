using Portal.Mail;
using Portal.Mail.Backends;
using Portal.Mail.DovecotAuth;
using Portal.Mail.Smtp;
using Portal.Vault.Submission;
using Portal.Web.MailAuthentication;

namespace Portal.Web.MailHosting;

internal static class SubmissionHosting
{
    /// <summary>What the role <c>submission</c> runs.</summary>
    public static IServiceCollection AddMailSubmission(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddMailAuthentication(configuration);
        services.AddSmtpSubmission(options =>
        {
            options.HostName = configuration["Portal:HostName"] ?? options.HostName;
            configuration.GetSection(SmtpSubmissionOptions.Section).Bind(options);
        });
        services.AddSingleton<ListOwnAddresses>().AddSingleton<SendingIdentities>().AddSingleton<SubmissionLog>();
        services.AddDovecotAuth(options => configuration.GetSection(DovecotAuthOptions.Section).Bind(options));
        services.AddSingleton<IDovecotAuthBackend, DovecotAuthBackend>().AddHostedService<DovecotSocketMode>();
        return services.AddSingleton<ISubmissionBackend, SubmissionBackend>();
    }
}
