using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Passwords;

namespace Portal.Vault.Credentials;

/// <param name="Label">1 to 100 characters; empty: “New device”.</param>
/// <param name="Protocols">smtp, imap or both.</param>
/// <param name="AllowedNetworks">At most 20, as <c>192.0.2.0/24</c>; null or empty: from anywhere.</param>
/// <param name="ExpiresAt">In the future; null: it does not expire.</param>
public sealed record CreateDeviceRequest(
    VaultActor Actor,
    Guid VaultboxId,
    string? Label,
    IReadOnlyCollection<string>? Protocols,
    IReadOnlyCollection<string>? AllowedNetworks = null,
    DateTimeOffset? ExpiresAt = null);

/// <summary>Makes a device with its name and password. The password is told this once; only its hash is kept.</summary>
public sealed class CreateDevice(IDbContextFactory<VaultContext> contexts, CredentialHasher hasher, MailServerNames servers, TimeProvider time)
{
    /// <summary>That are not revoked.</summary>
    public const int MostPerVaultbox = 50;

    public async Task<VaultResult<DevicePassword>> HandleAsync(CreateDeviceRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.CredentialsWrite))
            return request.Actor.Refusal;
        var domain = await DomainAsync(request, cancellationToken);
        if (domain is null)
            return VaultProblem.NotFound("vaultbox");
        var now = time.GetUtcNow();
        if (!request.Actor.IsFresh(now))
            return VaultProblem.StepUpRequired;
        var input = Read(request, now);
        if (!input.Succeeded)
            return input.Problem;
        return await hasher.StoreNewAsync(
            (password, hash) => StoreAsync(request, input.Value, domain, password, hash, now, cancellationToken), cancellationToken);
    }

    private static VaultResult<Input> Read(CreateDeviceRequest request, DateTimeOffset now)
    {
        var label = DeviceScope.Label(string.IsNullOrWhiteSpace(request.Label) ? DeviceScope.DefaultLabel : request.Label);
        var protocols = DeviceScope.Protocols(request.Protocols);
        var networks = DeviceScope.Networks(request.AllowedNetworks);
        var expiry = DeviceScope.Expiry(request.ExpiresAt, now);
        return (label.Problem ?? protocols.Problem ?? networks.Problem ?? expiry.Problem) is { } problem
            ? problem
            : new Input(label.Value!, protocols.Value!, networks.Value, expiry.Value);
    }

    private async Task<string?> DomainAsync(CreateDeviceRequest request, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.OwnVaultbox(request.Actor, request.VaultboxId).Select(v => v.Domain).SingleOrDefaultAsync(cancellationToken);
    }

    private async Task<VaultResult<DevicePassword>?> StoreAsync(
        CreateDeviceRequest request, Input input, string domain, GeneratedPassword password, string hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!await LockedDevice.LockVaultboxAsync(context, request.Actor, request.VaultboxId, cancellationToken))
            return VaultProblem.NotFound("vaultbox");
        if (await context.Devices.CountAsync(d => d.VaultboxId == request.VaultboxId && d.RevokedAt == null, cancellationToken) >= MostPerVaultbox)
            return VaultProblem.Conflict("devices_too_many", $"A vaultbox may have {MostPerVaultbox} devices. Revoke one that is not used any more.");
        if (await context.IsSelectorTakenAsync(request.Actor.UserId, request.VaultboxId, password.Selector, cancellationToken))
            return null;

        var made = Rows(request, input, GeneratedName.For("encimap", domain), PasswordPair.First(password.Selector, hash), now);
        context.Add(made.Device);
        if (made.Smtp is not null)
        {
            context.Add(made.Smtp);
            if (await EnableSmtpAsync(context, request.VaultboxId, now, cancellationToken) > 0)
                await context.AnnounceVaultboxAsync(request.VaultboxId, cancellationToken);
        }

        if (made.Imap is not null)
            context.Add(made.Imap);
        var detail = new AuditDetail().Fact("vaultbox", request.VaultboxId).Fact("protocols", input.Protocols).Fact("expires", input.ExpiresAt)
            .Personal("label", input.Label).Personal("networks", input.Networks);
        return new DevicePassword(await made.StoredAsync(context, servers, request.Actor.By, Acts.DeviceCreated, detail, now, cancellationToken), password);
    }

    private static Task<int> EnableSmtpAsync(VaultContext context, Guid vaultboxId, DateTimeOffset now, CancellationToken cancellationToken) =>
        context.Vaultboxes.Where(v => v.Id == vaultboxId && !v.SmtpEnabled)
            .ExecuteUpdateAsync(v => v.SetProperty(x => x.SmtpEnabled, true).SetProperty(x => x.UpdatedAt, now), cancellationToken);

    private LockedDevice Rows(CreateDeviceRequest request, Input input, string username, PasswordPair first, DateTimeOffset now)
    {
        var device = new Device
        {
            UserId = request.Actor.UserId, VaultboxId = request.VaultboxId, Username = username, Label = input.Label, PasswordId = first.Id,
            Selector = first.Selector, AllowedNetworks = input.Networks, ExpiresAt = input.ExpiresAt, CreatedAt = now, UpdatedAt = now,
        };
        var smtp = input.Protocols.Contains(DeviceProtocols.Smtp)
            ? new VaultboxSmtpCredential
            {
                DeviceId = device.Id, VaultboxId = request.VaultboxId, Username = username, PasswordHash = first.Hash, Host = servers.Host,
                Port = servers.SmtpPort, SecurityType = servers.SmtpSecurity, CreatedAt = now, UpdatedAt = now,
            }
            : null;
        var imap = input.Protocols.Contains(DeviceProtocols.Imap)
            ? new ImapAppCredential
            {
                DeviceId = device.Id, UserId = request.Actor.UserId, VaultboxId = request.VaultboxId, Username = username,
                PasswordHash = first.Hash, CreatedAt = now, UpdatedAt = now,
            }
            : null;
        return new LockedDevice(device, smtp, imap);
    }

    private sealed record Input(string Label, IReadOnlySet<string> Protocols, System.Net.IPNetwork[]? Networks, DateTimeOffset? ExpiresAt);
}
