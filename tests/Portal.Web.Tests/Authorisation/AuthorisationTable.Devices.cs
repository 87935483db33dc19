using Portal.Platform.SystemMail;
using Portal.Vault;
using Portal.Vault.Credentials;
using Portal.Vault.Domains;
using Portal.Vault.Submission;
using static Portal.Web.Tests.Authorisation.Row;
using static Portal.Web.Tests.Authorisation.Rule;

namespace Portal.Web.Tests.Authorisation;

internal static partial class AuthorisationTable
{
    private const string OfADevice = "/api/v1/vaultboxes/{id:guid}/devices/{deviceId:guid}";

    private static IEnumerable<Row> DeviceUseCases() =>
    [
        Of(Own.WithStepUp(), async (CreateDevice u, Asker a) => await u.HandleAsync(new CreateDeviceRequest(a.Vault, (await OfDevice(a)).Vaultbox, null, ["imap"]), a.Cancel)),
        Of(Own, async (ListDevices u, Asker a) => await u.HandleAsync(new ListDevicesRequest(a.Vault, (await OfDevice(a)).Vaultbox), a.Cancel)),
        OfDeviceBy((GetDevice u, Asker a, Guid box, Guid id) => u.HandleAsync(new GetDeviceRequest(a.Vault, box, id), a.Cancel), Own),
        OfDeviceBy((UpdateDevice u, Asker a, Guid box, Guid id) => u.HandleAsync(new UpdateDeviceRequest(a.Vault, box, id, null, default, Change<DateTimeOffset?>.To(null)), a.Cancel), Own.WithStepUp()),
        OfDeviceBy((RotateDevice u, Asker a, Guid box, Guid id) => u.HandleAsync(new RotateDeviceRequest(a.Vault, box, id), a.Cancel), Own.WithStepUp()),
        OfDeviceBy((UndoRotation u, Asker a, Guid box, Guid id) => u.HandleAsync(new UndoRotationRequest(a.Vault, box, id), a.Cancel), Own.WithStepUp()),
        OfDeviceBy((RevokeDevice u, Asker a, Guid box, Guid id) => u.HandleAsync(new RevokeDeviceRequest(a.Vault, box, id), a.Cancel), Own),
        OfDeviceBy((RemoveProtocol u, Asker a, Guid box, Guid id) => u.HandleAsync(new RemoveProtocolRequest(a.Vault, box, id, DeviceProtocols.Smtp), a.Cancel), Own),
        Of(Admin, (TellOfEndingPassword u, Asker a) => u.HandleAsync(a.Actor, new TellOfEndingPasswordRequest(a.Owner.Id, "Phone", DateTimeOffset.MaxValue, ["Old"], "/vaultboxes"), a.Cancel)),
        Inside<ListOwnAddresses>("The submission server asks for the device that has proved itself to it."),
        Inside<MirrorSuspendedOwners>("Takes over from the platform who may not sign in; nobody outside names them."),
        Inside<MirrorMailDomains>("Takes over from the platform which domains are the portal's; nobody outside names them."),
        Inside<PurgeEndedPasswords>("The delivery service clears what is over; tells numbers alone."),
        Inside<ClaimEndingOverlaps>("The delivery service asks whom to write to; what it learns goes to the owner alone."),
    ];

    private static IEnumerable<Row> DeviceEndpoints() =>
    [
        AtDevice("GET /api/v1/vaultboxes/{id:guid}/devices", Own),
        AtDevice("POST /api/v1/vaultboxes/{id:guid}/devices", Own.WithStepUp(), new { label = "Phone", protocols = new[] { "imap", "smtp" } }),
        AtDevice($"GET {OfADevice}", Own),
        AtDevice($"PATCH {OfADevice}", Own.WithStepUp(), new { expiresAt = (DateTimeOffset?)null }),
        AtDevice($"DELETE {OfADevice}", Own),
        AtDevice($"POST {OfADevice}/rotate", Own.WithStepUp(), new { overlapMinutes = 5 }),
        AtDevice($"POST {OfADevice}/undo-rotation", Own.WithStepUp(), new { }),
        .. CredentialEndpoints("smtp"),
        .. CredentialEndpoints("imap"),
    ];

    private static IEnumerable<Row> CredentialEndpoints(string protocol) =>
    [
        AtDevice($"GET /api/v1/vaultboxes/{{id:guid}}/{protocol}-credentials", Own),
        AtDevice($"POST /api/v1/vaultboxes/{{id:guid}}/{protocol}-credentials", Own.WithStepUp(), new { label = "Phone" }),
        AtDevice($"POST /api/v1/vaultboxes/{{id:guid}}/{protocol}-credentials/{{credentialId:guid}}/rotate", Own.WithStepUp(), new { overlapMinutes = 5 }),
        AtDevice($"DELETE /api/v1/vaultboxes/{{id:guid}}/{protocol}-credentials/{{credentialId:guid}}", Own),
    ];

    private static Row OfDeviceBy<TUseCase, T>(Func<TUseCase, Asker, Guid, Guid, Task<VaultResult<T>>> call, Rule rule)
        where TUseCase : notnull => Of(rule, async (TUseCase u, Asker a) =>
        {
            var (vaultbox, device) = await OfDevice(a);
            return await call(u, a, vaultbox, device);
        });

    /// <summary>Two ids in one route.</summary>
    private static Row AtDevice(string key, Rule rule, object? body = null) => new(
        key,
        rule.With(Caller.Anonymous, Verdict.SignInAsked).Walled(key.Split(' ')[0]),
        async a =>
        {
            var (vaultbox, device) = await OfDevice(a);
            var (method, route) = (key.Split(' ')[0], key.Split(' ')[1].Replace("{id:guid}", $"{vaultbox}", StringComparison.Ordinal));
            return await a.SendAsync(method, RouteParameter.Fill(route, $"{device}"), null, body is null ? null : _ => body);
        });

    /// <summary>A device of the owner's with both protocols, amid an overlap.</summary>
    private static async Task<(Guid Vaultbox, Guid Device)> OfDevice(Asker asker)
    {
        var (vaultbox, device) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var username = $"encimap-vault-test-{device:n}";
        await asker.World.Vault.ExecuteAsync(
            $"""
             INSERT INTO vaultboxes (id, user_id, domain, name, alias) VALUES ('{vaultbox}', '{asker.Owner.Id}', 'vault.test', 'Box', 'd{device:n}');
             INSERT INTO devices (id, user_id, vaultbox_id, username, label, password_id, selector, previous_password_id, previous_selector, previous_valid_until)
                 VALUES ('{device}', '{asker.Owner.Id}', '{vaultbox}', '{username}', 'Phone', gen_random_uuid(), 'aaaa', gen_random_uuid(), 'bbbb', now() + interval '1 day');
             INSERT INTO vaultbox_smtp_credentials (device_id, vaultbox_id, username, password_hash, previous_password_hash, host)
                 VALUES ('{device}', '{vaultbox}', '{username}', '!', '!', 'localhost');
             INSERT INTO imap_app_credentials (device_id, user_id, vaultbox_id, username, password_hash, previous_password_hash)
                 VALUES ('{device}', '{asker.Owner.Id}', '{vaultbox}', '{username}', '!', '!')
             """);
        return (asker.Id(vaultbox), asker.Id(device));
    }
}
