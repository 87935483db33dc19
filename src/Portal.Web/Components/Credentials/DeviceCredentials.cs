using Portal.Platform;
using Portal.Vault;
using Portal.Vault.Credentials;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Credentials;

/// <summary>The devices of one vaultbox.</summary>
internal sealed record DeviceCredentials(
    GetDevice Get, CreateDevice Create, RotateDevice Rotate, UndoRotation Undo, UpdateDevice Update, RevokeDevice Revoke, SignedIn SignedIn) : ICredentials
{
    public Guid VaultboxId { get; init; }

    public CredentialNouns Nouns { get; } = new(
        "credential", "device", "What will use it, so that you recognise it later.", SendsNotice: true, HasRate: false);

    public ICredentials Of(Guid vaultboxId) => this with { VaultboxId = vaultboxId };

    public async Task<Outcome<CredentialInUse>> GetAsync(Guid id, CancellationToken cancellationToken) => Answer(
        await Get.HandleAsync(new GetDeviceRequest(await ActorAsync(), VaultboxId, id), cancellationToken),
        found => CredentialInUse.Of(
            Shown(found.Device), found.Uses.Select(use => (use.ClientName, use.Network, (System.Net.IPAddress?)use.LastIp, use.LastAt, use.IsCurrentPassword))));

    /// <summary>For SMTP: the server offers nothing else yet.</summary>
    public async Task<Outcome<MadePassword>> CreateAsync(CredentialInput input, CancellationToken cancellationToken) => Answer(
        await Create.HandleAsync(
            new CreateDeviceRequest(await ActorAsync(), VaultboxId, input.Label, [DeviceProtocols.Smtp], input.NetworkList, input.ExpiresAt), cancellationToken),
        made => new MadePassword(Shown(made.Device), made.Password));

    public async Task<Outcome<MadePassword>> RotateAsync(Guid id, int overlapMinutes, CancellationToken cancellationToken) => Answer(
        await Rotate.HandleAsync(new RotateDeviceRequest(await ActorAsync(), VaultboxId, id, overlapMinutes), cancellationToken),
        rotated => new MadePassword(Shown(rotated.Device), rotated.Password));

    public async Task<Outcome<ShownCredential>> UndoAsync(Guid id, CancellationToken cancellationToken) => Answer(
        await Undo.HandleAsync(new UndoRotationRequest(await ActorAsync(), VaultboxId, id), cancellationToken), Shown);

    public async Task<Outcome<ShownCredential>> RenameAsync(Guid id, string label, CancellationToken cancellationToken) => Answer(
        await Update.HandleAsync(new UpdateDeviceRequest(await ActorAsync(), VaultboxId, id, label), cancellationToken), Shown);

    public async Task<Outcome<ShownCredential>> BindAsync(Guid id, CredentialInput input, CancellationToken cancellationToken) => Answer(
        await Update.HandleAsync(
            new UpdateDeviceRequest(
                await ActorAsync(),
                VaultboxId,
                id,
                AllowedNetworks: Change<IReadOnlyCollection<string>>.To(input.NetworkList),
                ExpiresAt: Change<DateTimeOffset?>.To(input.ExpiresAt)),
            cancellationToken),
        Shown);

    public async Task<Outcome<Guid>> RevokeAsync(Guid id, CancellationToken cancellationToken) => Answer(
        await Revoke.HandleAsync(new RevokeDeviceRequest(await ActorAsync(), VaultboxId, id), cancellationToken), device => device.Id);

    internal static ShownCredential Shown(DeviceView device) => new(
        device.Id,
        device.Label,
        device.Username,
        string.Join(", ", device.Protocols.Select(protocol => protocol.ToUpperInvariant())),
        IsPaused: false,
        RateLimitPerHour: null,
        device.AllowedNetworks,
        device.ExpiresAt,
        device.PreviousValidUntil,
        device.LastUse is { } use ? new ShownUse(use.At, use.Client, use.Ip) : null);

    private static Outcome<TShown> Answer<T, TShown>(VaultResult<T> result, Func<T, TShown> show)
        where TShown : notnull => result.Succeeded ? show(result.Value) : new Failure(result.Problem.Code, result.Problem.Detail);

    private Task<VaultActor> ActorAsync() => SignedIn.VaultActorAsync();
}
