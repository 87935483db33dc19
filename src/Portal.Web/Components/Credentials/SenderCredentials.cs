using System.Globalization;
using Portal.Platform;
using Portal.Platform.Accounts;
using Portal.Platform.MotorBlocks;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Credentials;

/// <summary>The account's motor blocks, which people see as senders.</summary>
internal sealed record SenderCredentials(
    GetMotorBlock Get,
    CreateMotorBlock Create,
    RotateMotorBlock Rotate,
    UndoMotorBlockRotation Undo,
    UpdateMotorBlock Update,
    RevokeMotorBlock Revoke,
    SignedIn SignedIn) : ICredentials
{
    private static readonly Failure NoNumber = new("rate_limit_malformed", "Write the limit as a whole number, such as 100.");

    public CredentialNouns Nouns { get; } = new(
        "sender", "client", "The printer, shop or script that will use it.", SendsNotice: false, HasRate: true);

    public async Task<Outcome<CredentialInUse>> GetAsync(Guid id, CancellationToken cancellationToken) => Answer(
        await Get.HandleAsync(await ActorAsync(), id, cancellationToken), InUse);

    public async Task<Outcome<MadePassword>> CreateAsync(CredentialInput input, CancellationToken cancellationToken) => ReadRate(input, out var rate)
        ? Answer(
            await Create.HandleAsync(
                await ActorAsync(), new CreateMotorBlockRequest(input.Label, input.Domain, rate, input.NetworkList, input.ExpiresAt), cancellationToken),
            made => new MadePassword(Shown(made.Block), made.Password))
        : NoNumber;

    public async Task<Outcome<MadePassword>> RotateAsync(Guid id, int overlapMinutes, CancellationToken cancellationToken) => Answer(
        await Rotate.HandleAsync(await ActorAsync(), new RotateMotorBlockRequest(id, overlapMinutes), cancellationToken),
        rotated => new MadePassword(Shown(rotated.Block), rotated.Password));

    public async Task<Outcome<ShownCredential>> UndoAsync(Guid id, CancellationToken cancellationToken) =>
        Answer(await Undo.HandleAsync(await ActorAsync(), id, cancellationToken), Shown);

    public Task<Outcome<ShownCredential>> RenameAsync(Guid id, string label, CancellationToken cancellationToken) =>
        UpdateAsync(new UpdateMotorBlockRequest(id, Label: label), cancellationToken);

    public async Task<Outcome<ShownCredential>> BindAsync(Guid id, CredentialInput input, CancellationToken cancellationToken) => ReadRate(input, out var rate)
        ? await UpdateAsync(
            new UpdateMotorBlockRequest(id, RateLimitPerHour: rate, AllowedNetworks: input.NetworkList, Expiry: new ExpiryChange(input.ExpiresAt)), cancellationToken)
        : NoNumber;

    public Task<Outcome<ShownCredential>> PauseAsync(Guid id, bool paused, CancellationToken cancellationToken) =>
        UpdateAsync(new UpdateMotorBlockRequest(id, Paused: paused), cancellationToken);

    public async Task<Outcome<Guid>> RevokeAsync(Guid id, CancellationToken cancellationToken) =>
        await Revoke.HandleAsync(await ActorAsync(), id, cancellationToken);

    internal static CredentialInUse InUse(MotorBlockDetail found) => CredentialInUse.Of(
        Shown(found.Block), found.Uses.Select(use => (use.Client, use.Network, use.LastIp, use.LastAt, use.IsCurrentPassword)));

    internal static ShownCredential Shown(MotorBlockView block) => new(
        block.Id,
        block.Label,
        block.Username,
        "SMTP",
        block.IsPaused,
        block.RateLimitPerHour,
        block.AllowedNetworks,
        block.ExpiresAt,
        block.PreviousValidUntil,
        block.LastUsedAt is { } at ? new ShownUse(at, block.LastUsedClient ?? string.Empty, block.LastUsedIp) : null);

    private async Task<Outcome<ShownCredential>> UpdateAsync(UpdateMotorBlockRequest request, CancellationToken cancellationToken) =>
        Answer(await Update.HandleAsync(await ActorAsync(), request, cancellationToken), Shown);

    /// <summary>Left empty, the limit stays, or is the usual one.</summary>
    private static bool ReadRate(CredentialInput input, out int? rate)
    {
        rate = null;
        if (string.IsNullOrWhiteSpace(input.RateLimit))
            return true;
        var isNumber = int.TryParse(input.RateLimit, NumberStyles.AllowThousands | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number);
        rate = number;
        return isNumber;
    }

    private static Outcome<TShown> Answer<T, TShown>(Outcome<T> outcome, Func<T, TShown> show)
        where T : notnull
        where TShown : notnull => outcome.Succeeded ? show(outcome.Value) : outcome.Failure;

    private Task<Actor> ActorAsync() => SignedIn.ActorAsync();
}
