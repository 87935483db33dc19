using Microsoft.Extensions.DependencyInjection;
using Portal.Passwords;
using Portal.Vault.Aliases;
using Portal.Vault.Certificates;
using Portal.Vault.Credentials;
using Portal.Vault.Export;
using Portal.Vault.Intake;
using Portal.Vault.Messages;
using Portal.Vault.Submission;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Tests.Vaultboxes;

public sealed class DeleteVaultboxTests(VaultFixture vault) : VaultboxTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_WithMailAndDevices_SaysWhatGoesAndWhenAndTellsTheOwner()
    {
        await AddAsync();
        await DeliverAsync(Box.Alias);
        Assert.True((await Vault.Get<CreateDevice>().HandleAsync(new(Owner, Box.Id, null, ["smtp"]), Cancel)).Succeeded);

        DeletedVaultbox? deleted = null;
        var heard = await HeardAsync(async () => deleted = await DeleteAsync());

        Assert.Equal([$"vaultbox:{Box.Id}"], heard);
        Assert.Equal((1L, 2, 1, 1), (deleted!.Contents.Messages, deleted.Contents.Aliases, deleted.Contents.Keys, deleted.Contents.Devices));
        Assert.Equal(await Vault.CountAsync($"SELECT sum(size)::bigint FROM encrypted_emails WHERE vaultbox_id = '{Box.Id}'"), deleted.Contents.Octets);
        Assert.Equal(Now.AddDays(30), deleted.RestorableUntil);
        var notice = await NoticeAsync("vaultbox_deleted");
        Assert.Equal((Box.Name, Box.Address, "1", true), (
            notice.GetProperty("name").GetString(), notice.GetProperty("address").GetString(), notice.GetProperty("count").GetString(), notice.GetProperty("mail").GetBoolean()));
        Assert.Equal(deleted.RestorableUntil, notice.GetProperty("until").GetDateTimeOffset());
    }

    [Fact]
    public async Task Handle_Deleted_IsAbsentToEveryUseCaseButTheListOfTheDeleted()
    {
        await DeliverAsync(Box.Alias);
        var message = (await Vault.Get<ListMessages>().HandleAsync(new(Owner, Box.Id), Cancel)).Value!.Items[0].Id;
        var device = (await Vault.Get<CreateDevice>().HandleAsync(new(Owner, Box.Id, null, ["smtp"]), Cancel)).Value!.Device.Id;
        await DeleteAsync();

        Assert.All(
            new VaultProblem?[]
            {
                (await GetAsync()).Problem,
                (await TryDeleteAsync()).Problem,
                (await Vault.Get<GetVaultboxContents>().HandleAsync(new(Owner, Box.Id), Cancel)).Problem,
                (await Vault.Get<UpdateVaultbox>().HandleAsync(new(Owner, Box.Id), Cancel)).Problem,
                (await TryAddAsync()).Problem,
                (await TryChangeAsync("pause", Box.Id)).Problem,
                (await Vault.Get<ListAliases>().HandleAsync(new(Owner, Box.Id), Cancel)).Problem,
                (await Vault.Get<FindAliasDomain>().HandleAsync(new(Owner, Box.Id), Cancel)).Problem,
                (await Vault.Get<ListCertificates>().HandleAsync(new(Owner, Box.Id), Cancel)).Problem,
                (await Vault.Get<AddCertificate>().HandleAsync(new(Owner, Box.Id, "x", default, null), Cancel)).Problem,
                (await Vault.Get<ListMessages>().HandleAsync(new(Owner, Box.Id), Cancel)).Problem,
                (await Vault.Get<ListSummaries>().HandleAsync(new(Owner, Box.Id), Cancel)).Problem,
                (await Vault.Get<GetMessage>().HandleAsync(new(Owner, message), Cancel)).Problem,
                (await Vault.Get<OpenSealedMessage>().HandleAsync(new(Owner, message), Cancel)).Problem,
                (await Vault.Get<SetFlags>().HandleAsync(new(Owner, message, []), Cancel)).Problem,
                (await Vault.Get<WatchMail>().HandleAsync(new(Owner, Box.Id), Cancel)).Problem,
                (await Vault.Get<ListDevices>().HandleAsync(new(Owner, Box.Id), Cancel)).Problem,
                (await Vault.Get<GetDevice>().HandleAsync(new(Owner, Box.Id, device), Cancel)).Problem,
                (await Vault.Get<CreateDevice>().HandleAsync(new(Owner, Box.Id, null, ["smtp"]), Cancel)).Problem,
                (await Vault.Get<RotateDevice>().HandleAsync(new(Owner, Box.Id, device), Cancel)).Problem,
                (await Vault.Get<RevokeDevice>().HandleAsync(new(Owner, Box.Id, device), Cancel)).Problem,
            },
            problem => Assert.Equal("not_found", problem?.Code));
        var list = Vault.Get<ListVaultboxes>();
        Assert.Empty((await list.HandleAsync(new(Owner), Cancel)).Value!.Items);
        var listed = Assert.Single((await list.HandleAsync(new(Owner, State: VaultboxStates.Deleted), Cancel)).Value!.Items);
        Assert.Equal(Box.Id, listed.Id);
        Assert.Equal(Now.AddDays(30), listed.RestorableUntil!.Value, TimeSpan.FromMilliseconds(1));
        Assert.False((await Vault.Create<ListOwnAddresses>().HandleAsync(Box.Id, Cancel)).Contains(Box.Address));
        Assert.NotNull(Assert.Single((await Vault.Get<ExportVault>().HandleAsync(new(Owner), Cancel)).Value!.Vaultboxes).DeletedAt);
    }

    [Fact]
    public async Task Handle_Deleted_KeepsItsAddressesAndItsSendersAreToldNothing()
    {
        var alias = await AddAsync();
        await DeleteAsync();

        Assert.Equal("alias_taken", (await Vault.Get<CreateVaultbox>().HandleAsync(new(Vault.Stranger, "vault.test", "", Box.Alias), Cancel)).Problem?.Code);
        Assert.Equal("alias_taken", (await Vault.Get<CheckAlias>().HandleAsync(new(Vault.Stranger, "vault.test", alias.LocalPart), Cancel)).Problem?.Code);
        Assert.Equal(RecipientStatus.VaultboxDeleted, (await ResolveAsync(alias.LocalPart)).Status);
    }

    [Fact]
    public async Task Handle_Deleted_LetsNoDeviceSignIn()
    {
        var made = (await Vault.Get<CreateDevice>().HandleAsync(new(Owner, Box.Id, null, ["smtp"]), Cancel)).Value!;
        using var pool = Pool();
        var signIn = pool.Get<ICredentialPool>();
        var selector = made.Password.Selector;
        Assert.NotNull(await signIn.FindAsync(made.Device.Username, selector, CredentialProtocol.Smtp, Cancel));
        Assert.NotNull(await signIn.FindAsync(Box.Address, selector, CredentialProtocol.Smtp, Cancel));

        await DeleteAsync();

        Assert.Null(await signIn.FindAsync(made.Device.Username, selector, CredentialProtocol.Smtp, Cancel));
        Assert.Null(await signIn.FindAsync(Box.Address, selector, CredentialProtocol.Smtp, Cancel));
        Assert.Empty(await signIn.FindAsync([made.Device.Id], CredentialProtocol.Smtp, Cancel));
    }

    [Fact]
    public async Task Handle_MailOnItsWay_IsPutOffAndNotStored()
    {
        var recipient = (await ResolveAsync(Box.Alias)).Recipient!;
        await DeleteAsync();

        Assert.Equal(DeliveryOutcome.Deferred, (await Vault.DeliverToAsync(Mail(), [recipient])).Outcome);
        Assert.Equal(0L, await StoredAsync());
    }

    [Fact]
    public async Task Handle_StaleProofOthersAndWithoutScope_AreRefused()
    {
        Assert.Equal("step_up_required", (await TryDeleteAsync(Stale)).Problem?.Code);
        Assert.Equal("not_found", (await TryDeleteAsync(Vault.Stranger with { FreshUntil = Now })).Problem?.Code);
        Assert.Equal("scope_missing", (await TryDeleteAsync(Reader)).Problem?.Code);
        Assert.True((await GetAsync()).Succeeded);
        Assert.Equal(0L, await NoticesAsync("vaultbox_deleted"));
    }

    private SignInPool Pool() => new(Vault.Database.Auth);

    private sealed class SignInPool : IDisposable
    {
        private readonly ServiceProvider services;

        public SignInPool(string connectionString) => services = new ServiceCollection().AddVaultSignIn(connectionString).BuildServiceProvider();

        public T Get<T>()
            where T : notnull => services.GetRequiredService<T>();

        public void Dispose() => services.Dispose();
    }
}
