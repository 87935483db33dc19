using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;
using Portal.Passwords;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Administration;
using Portal.Platform.Accounts.Deletion;
using Portal.Platform.Accounts.Export;
using Portal.Platform.Accounts.Links;
using Portal.Platform.Accounts.Passwords;
using Portal.Platform.Accounts.SecondFactor;
using Portal.Platform.Accounts.SecondFactor.Passkeys;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Accounts.SetUp;
using Portal.Platform.Accounts.SignUp;
using Portal.Platform.Accounts.Tokens;
using Portal.Platform.Audit;
using Portal.Platform.DataProtection;
using Portal.Platform.Domains;
using Portal.Platform.Health;
using Portal.Platform.MotorBlocks;
using Portal.Platform.Settings;
using Portal.Platform.Support;
using Portal.Platform.SystemMail;

namespace Portal.Platform;

public static class PlatformServices
{
    /// <param name="services">The host's services.</param>
    /// <param name="connectionString">Of the service role; read when the first context is made.</param>
    /// <remarks>The host binds <see cref="PlatformOptions"/> from <c>Portal:Platform</c>. All services are singletons: each act takes its own context.</remarks>
    public static IServiceCollection AddPlatform(this IServiceCollection services, Func<IServiceProvider, string> connectionString)
    {
        services.AddLogging();
        services.AddOptions<PlatformOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<PlatformOptions>, PlatformOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddKeyedSingleton(
            typeof(PlatformContext), (provider, _) => NpgsqlDataSource.Create(PlatformDatabase.WithDefaults(connectionString(provider))));
        services.AddPooledDbContextFactory<PlatformContext>((provider, builder) =>
            builder.UsePlatformDatabase(provider.GetRequiredKeyedService<NpgsqlDataSource>(typeof(PlatformContext))));

        services.AddSingleton<BcryptPasswordHasher>();
        services.AddSingleton<IPasswordHasher<User>>(provider => provider.GetRequiredService<BcryptPasswordHasher>());
        services.AddSingleton<PasswordRules>();
        services.AddSingleton<PasswordWorkers>();
        services.AddSingleton(provider => new AttemptThrottle(LimitsOf(provider), provider.GetRequiredService<TimeProvider>()));
        services.AddCredentialPasswords();
        services.AddSingleton<AccountCache>();
        services.AddSingleton<Lockout>();
        services.AddSingleton<OpenSession>();
        services.AddSingleton<SignInAlert>();
        services.AddSingleton<AuthenticatorSecret>();
        services.AddSingleton<TakeFactor>();
        services.AddSingleton<DataProtectionKeyRepository>();

        services.AddSingleton<AccountWatch>();
        services.AddSingleton<ListSessions>();
        services.AddSingleton<EndSession>();
        services.AddSingleton<EndOtherSessions>();
        services.AddSingleton<SystemMailQueue>();
        services.AddSingleton<MailToPeople>();
        services.AddSingleton<ClaimSystemMail>().AddSingleton<SettleSystemMail>().AddSingleton<ReleaseSystemMail>().AddSingleton<RetrySystemMail>();
        services.AddSingleton<ListSystemMail>().AddSingleton<ReadSystemMail>().AddSingleton<CountSystemMail>();
        services.AddSingleton<WatchSystemMail>().AddSingleton<PurgeSystemMail>().AddSingleton<TellOfEndingPassword>().AddSingleton<TellOwner>();

        services.AddSingleton<IssueSetupLink>();
        services.AddSingleton<CreateFirstAdmin>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<CompleteSignIn>();
        services.AddSingleton<ConfirmIdentity>();
        services.AddSingleton<SignOut>();
        services.AddSingleton<ValidateSession>();
        services.AddSingleton<ChangePassword>();
        services.AddSingleton<BeginAuthenticator>();
        services.AddSingleton<ConfirmAuthenticator>();
        services.AddSingleton<RemoveAuthenticator>();
        services.AddSingleton<ReplaceRecoveryCodes>();
        services.AddSingleton<GetSecondFactors>();
        services.AddSingleton<ForgetDevice>();
        services.AddSingleton<AddUser>();
        services.AddSingleton<IssueToken>();
        services.AddSingleton<CreateToken>().AddSingleton<ListTokens>().AddSingleton<RevokeToken>();
        services.AddSingleton<AuthenticateToken>();
        services.AddSingleton<PasskeyCeremony>();
        services.AddSingleton<ListPasskeys>().AddSingleton<StartAddingPasskey>().AddSingleton<AddPasskey>();
        services.AddSingleton<RenamePasskey>().AddSingleton<RemovePasskey>();
        services.AddSingleton<ExportAccount>();
        services.AddSingleton<RequestDeletion>().AddSingleton<CancelDeletion>().AddSingleton<ClaimDueDeletions>().AddSingleton<PurgeAccount>();
        services.AddSingleton<StartPasskeySignIn>().AddSingleton<SignInWithPasskey>().AddSingleton<StartPasskeyConfirmation>().AddSingleton<ConfirmWithPasskey>();
        services.AddSingleton<FindUsers>().AddSingleton<GetUser>().AddSingleton<ChangeRole>().AddSingleton<SuspendUser>().AddSingleton<RestoreUser>();
        services.AddSingleton<ResetSecondFactor>();
        services.AddSignUp();
        services.AddSupport();
        services.AddSingleton<AddDomain>();
        services.AddSingleton<ListDomains>();
        services.AddSingleton<FindDomains>().AddSingleton<VerifyDomain>().AddSingleton<ShareDomain>();
        services.AddSingleton<ListSettings>().AddSingleton<ChangeSetting>().AddSingleton<ReadSettings>().AddSingleton<NameUsers>();
        services.AddSingleton<FindUsableDomain>().AddSingleton<ListVerifiedDomains>();
        services.AddMotorBlocks();
        services.AddSingleton<ListSuspendedUsers>();
        services.AddSingleton<CheckPlatform>();
        services.AddAudit();
        return services;
    }

    /// <inheritdoc cref="AddPlatform(IServiceCollection, Func{IServiceProvider, string})"/>
    public static IServiceCollection AddPlatform(this IServiceCollection services, string connectionString) =>
        services.AddPlatform(_ => connectionString);

    /// <summary>Sign-in of motor blocks, by the read-only role of sign-in and connections of its own.</summary>
    public static IServiceCollection AddMotorBlockSignIn(this IServiceCollection services, string connectionString)
    {
        services.AddKeyedSingleton(typeof(MotorBlockPool), (_, _) => NpgsqlDataSource.Create(connectionString));
        return services.AddSingleton<ICredentialPool, MotorBlockPool>();
    }

    private static AttemptLimits LimitsOf(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<PlatformOptions>>().Value;
        return new AttemptLimits(options.AttemptsPerAddress, options.AttemptsPerNetwork, options.AttemptWindow);
    }

    /// <summary>How an account comes to be and stays reachable.</summary>
    private static void AddSignUp(this IServiceCollection services)
    {
        services.AddOptions<SignUpOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<SignUpOptions>, SignUpOptionsValidator>();
        services.AddSingleton<EvenAnswer>().AddSingleton<CheckLink>();
        services.AddSingleton<SignUpWithEmail>().AddSingleton<VerifyEmail>().AddSingleton<ResendVerification>();
        services.AddSingleton<CreateInvite>().AddSingleton<ListInvites>().AddSingleton<RevokeInvite>().AddSingleton<AcceptInvite>();
        services.AddSingleton<RequestPasswordReset>().AddSingleton<ResetPassword>();
        services.AddSingleton<GetEmailState>().AddSingleton<RequestEmailChange>().AddSingleton<ConfirmEmailChange>().AddSingleton<CancelEmailChange>();
    }

    /// <summary>Plain SMTP senders: for their owners, and for the server that they send through.</summary>
    private static void AddMotorBlocks(this IServiceCollection services)
    {
        services.AddSingleton<CreateMotorBlock>().AddSingleton<ListMotorBlocks>().AddSingleton<GetMotorBlock>().AddSingleton<UpdateMotorBlock>();
        services.AddSingleton<RotateMotorBlock>().AddSingleton<UndoMotorBlockRotation>().AddSingleton<RevokeMotorBlock>();
        services.AddSingleton<GetMotorBlockUsage>().AddSingleton<PurgeMotorBlocks>();
        services.AddSingleton<CheckSendingRight>().AddSingleton<TakeSendingAllowance>().AddSingleton<GiveBackSendingAllowance>();
    }
}
