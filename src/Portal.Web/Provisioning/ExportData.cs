using System.Text.Json;
using System.Text.Json.Serialization;
using Portal.Platform;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Export;
using Portal.Vault.Export;
using Portal.Web.Api;

namespace Portal.Web.Provisioning;

/// <param name="Vault">Null: the credential may not read vaultboxes.</param>
/// <param name="Mail">How to get the mail itself, which is sealed and not in this file.</param>
public sealed record ExportedData(int Version, DateTimeOffset ExportedAt, ExportedAccount Account, ExportedVault? Vault, string Mail);

/// <summary>All that both databases hold about the actor, beside the mail itself: one file for the owner.</summary>
public sealed class ExportData(ExportAccount exportAccount, ExportVault exportVault, TimeProvider time)
{
    private const string AboutMail =
        "Your mail is sealed to your keys and is not in this file. Fetch it by API: GET /api/v1/vaultboxes/{id}/messages lists it, "
        + "GET /api/v1/messages/{id} with Accept: message/rfc822 gives each message as it is stored. Your locked private keys come with "
        + "GET /api/v1/vaultboxes/{id}/certificates and open with your passphrase.";

    /// <summary>How the file is written: for people to read, too.</summary>
    internal static JsonSerializerOptions Format { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, Converters = { new IpAddressJson(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public async Task<Outcome<ExportedData>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        var account = await exportAccount.HandleAsync(actor, cancellationToken);
        if (!account.Succeeded)
            return account.Failure;
        var vault = await exportVault.HandleAsync(new ExportVaultRequest(actor.InVault()), cancellationToken);
        return new ExportedData(1, time.GetUtcNow(), account.Value, vault.Value, AboutMail);
    }
}
