using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Administration;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Accounts.SetUp;
using Portal.Platform.Accounts.Tokens;
using Portal.Platform.Domains;
using Portal.Platform.Health;
using Portal.Vault.Aliases;
using Portal.Vault.Certificates;
using Portal.Vault.Health;
using Portal.Vault.Intake;
using Portal.Vault.Messages;
using Portal.Vault.Vaultboxes;
using Portal.Web.MailHosting;
using Portal.Web.Provisioning;
using static Portal.Web.Tests.Authorisation.Row;
using static Portal.Web.Tests.Authorisation.Rule;

namespace Portal.Web.Tests.Authorisation;

internal static partial class AuthorisationTable
{
    private static IEnumerable<Row> UseCases() =>
    [
        .. AccountUseCases(), .. SessionUseCases(), .. SecondFactorUseCases(), .. PasskeyUseCases(), .. AdminUseCases(), .. PlatformUseCases(), .. VaultUseCases(),
        .. SystemMailUseCases(), .. DataUseCases(), .. TokenUseCases(), .. SignUpUseCases(), .. MotorBlockUseCases(), .. DeviceUseCases(),
        .. AuditUseCases(), .. AliasUseCases(), .. SupportUseCases(), .. HomeUseCases(), .. DeskUseCases(), .. KeyUseCases(), .. VaultboxUseCases(), .. LogUseCases(),
    ];

    private static IEnumerable<Row> AccountUseCases() =>
    [
        Of(Admin, (AddUser u, Asker a) => u.HandleAsync(a.Actor, new AddUserRequest($"{Guid.NewGuid():n}@authorisation.test", Role.User, a.World.Password), a.Cancel)),
        Of(Admin, (IssueToken u, Asker a) => u.HandleAsync(a.Actor, new IssueTokenRequest(a.Owner.Email, null, null), a.Cancel)),
        Inside<SignIn>("Opens the session: its caller is nobody yet."),
        Inside<SignOut>("Ends the session of the cookie that the request proved; takes its id from there alone."),
        Inside<ValidateSession>("Finds out who asks."),
        Inside<AuthenticateToken>("Finds out who asks."),
        Inside<CreateFirstAdmin>("Anonymous by design: the one-time link is the credential, and there is nobody yet."),
        Inside<IssueSetupLink>("At start-up and at the console only; prints a link where the operator reads."),
    ];

    private static IEnumerable<Row> SessionUseCases() =>
    [
        Of(Self, (ListSessions u, Asker a) => u.HandleAsync(a.Actor, a.Cancel)),
        Of(Own, (EndSession u, Asker a) => u.HandleAsync(a.Actor, a.OwnerSession, a.Cancel)),
        Of(Self, (EndOtherSessions u, Asker a) => u.HandleAsync(a.Actor, a.Cancel)),
    ];

    private static IEnumerable<Row> AdminUseCases() =>
    [
        Of(Admin, (FindUsers u, Asker a) => u.HandleAsync(a.Actor, new FindUsersRequest(a.Owner.Email), a.Cancel)),
        Of(Admin, (GetUser u, Asker a) => u.HandleAsync(a.Actor, a.OwnerId, a.Cancel)),
        Of(Admin.WithStepUp(), (ChangeRole u, Asker a) => u.HandleAsync(a.Actor, new ChangeRoleRequest(a.OwnerId, Role.Support), a.Cancel)),
        Of(Admin.WithStepUp(), (SuspendUser u, Asker a) => u.HandleAsync(a.Actor, new SuspendUserRequest(a.OwnerId, "why"), a.Cancel)),
        Of(Admin.WithStepUp(), (ResetSecondFactor u, Asker a, Guid id) => u.HandleAsync(a.Actor, new ResetSecondFactorRequest(id, "why"), a.Cancel), OfOwnerWithAPasskey),
        Of(Admin.WithStepUp(), (RestoreUser u, Asker a, Guid id) => u.HandleAsync(a.Actor, new RestoreUserRequest(id), a.Cancel), OfSuspended),
    ];

    private static async Task<Guid> OfOwnerWithAPasskey(Asker asker)
    {
        await asker.World.Platform.ExecuteAsync(
            $"""
             INSERT INTO passkeys (user_id, credential_id, public_key, name, sign_count, transports, is_user_verified, is_backup_eligible, is_backed_up, attestation_object, client_data_json)
             VALUES ('{asker.Owner.Id}', decode('{Guid.NewGuid():n}', 'hex'), '\x01', 'key', 0, ARRAY[]::text[], true, false, false, '\x01', '\x01')
             """);
        return asker.OwnerId;
    }

    private static async Task<Guid> OfSuspended(Asker asker)
    {
        await asker.World.Platform.ExecuteAsync($"UPDATE users SET status = 'suspended', suspended_reason = 'why' WHERE id = '{asker.Owner.Id}'");
        return asker.OwnerId;
    }

    private static IEnumerable<Row> PlatformUseCases() =>
    [
        Of(Admin, (AddDomain u, Asker a) => u.HandleAsync(a.Actor, new AddDomainRequest($"d{Guid.NewGuid():n}.test", a.Owner.Email, true, false), a.Cancel)),
        Inside<ListVerifiedDomains>("The portal mirrors the names into the vault, where intake asks whether a domain is its own; shows them to nobody."),
        Of(Self.Seen(), (ListDomains u, Asker a) => u.HandleAsync(a.Actor, new ListDomainsRequest(), a.Cancel)),
        Inside<FindUsableDomain>("Asked by the two use cases below with their own actor; finds that actor's domains alone."),
        Of(Self.Seen(), (SuggestAddresses u, Asker a) => u.HandleAsync(new SuggestAddressesRequest(a.Actor, "shared.test", "near"), a.Cancel)),
        Of(Self.Seen(), (CheckAddress u, Asker a) => u.HandleAsync(new CheckAddressRequest(a.Actor, "shared.test", "free"), a.Cancel)),
        Of(Self, (ProvisionVaultbox u, Asker a) => u.HandleAsync(new ProvisionVaultboxRequest(a.Actor, "shared.test", null, $"a{Guid.NewGuid():n}"), a.Cancel)),
        Inside<CheckPlatform>("Counts and latencies; the health endpoint shows them to admins alone."),
    ];

    private static IEnumerable<Row> VaultUseCases() =>
    [
        Of(Self.Seen(), (CheckAlias u, Asker a) => u.HandleAsync(new CheckAliasRequest(a.Vault, "vault.test", "free"), a.Cancel)),
        Of(Self, (CreateVaultbox u, Asker a) => u.HandleAsync(new CreateVaultboxRequest(a.Vault, "vault.test", "", $"a{Guid.NewGuid():n}"), a.Cancel)),
        Of(Self.Seen(), (ListVaultboxes u, Asker a) => u.HandleAsync(new ListVaultboxesRequest(a.Vault), a.Cancel)),
        Of(Own.ForReader().Seen(), (GetVaultbox u, Asker a) => u.HandleAsync(new GetVaultboxRequest(a.Vault, a.Vaultbox), a.Cancel)),
        Of(Own.ForReader(), (SendTestMail u, Asker a) => u.HandleAsync(new SendTestMailRequest(a.Vault, a.Vaultbox), a.Cancel)),
        Of(Own.ForReader(), (ListCertificates u, Asker a) => u.HandleAsync(new ListCertificatesRequest(a.Vault, a.Vaultbox), a.Cancel)),
        Of(Own.ForReader().WithStepUp(), (AddCertificate u, Asker a) => u.HandleAsync(new AddCertificateRequest(a.Vault, a.Vaultbox, "no certificate", default, null), a.Cancel),
            "certificate_unparsable"),
        Of(Own.ForReader().WithStepUp(), (StoreKeys u, Asker a) => u.HandleAsync(new StoreKeysRequest(a.Vault, a.Vaultbox, null, []), a.Cancel), "keys_incomplete"),
        Of(Self.WithStepUp(), (ReplaceVaultKeyWrap u, Asker a) => u.HandleAsync(new ReplaceVaultKeyWrapRequest(a.Vault, new NewVaultKeyWrap("recovery_kit", default, []), null), a.Cancel), "wrap_malformed"),
        Of(Self, (GetVaultKeyWraps u, Asker a) => u.HandleAsync(new GetVaultKeyWrapsRequest(a.Vault), a.Cancel)),
        Of(Own.ForReader(), (ListSummaries u, Asker a) => u.HandleAsync(new ListSummariesRequest(a.Vault, a.Vaultbox), a.Cancel)),
        Of(Own.ForReader().Seen(), (ListMessages u, Asker a) => u.HandleAsync(new ListMessagesRequest(a.Vault, a.Vaultbox), a.Cancel)),
        Of(Own.ForReader(), (GetMessage u, Asker a) => u.HandleAsync(new GetMessageRequest(a.Vault, a.Message), a.Cancel)),
        Of(Own.ForReader(), (OpenSealedMessage u, Asker a) => u.HandleAsync(new OpenSealedMessageRequest(a.Vault, a.Message), a.Cancel)),
        Of(Own.ForReader(), (SetFlags u, Asker a) => u.HandleAsync(new SetFlagsRequest(a.Vault, a.Message, ["\\Seen"]), a.Cancel)),
        Of(Own.ForReader(), (WatchMail u, Asker a) => u.HandleAsync(new WatchMailRequest(a.Vault, a.Vaultbox), a.Cancel)),
        Inside<CheckVault>("Counts and latencies; the health endpoint shows them to admins alone."),
        Inside<ResolveRecipient>("SMTP intake asks whether an address takes mail; its peer is a mail server, never a user of the portal."),
        Inside<DeliverMessage>("SMTP intake stores mail for recipients that it has resolved; nothing of them goes back but the verdict."),
    ];
}
