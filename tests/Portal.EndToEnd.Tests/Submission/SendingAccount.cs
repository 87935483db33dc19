using System.Text;
using System.Text.Json;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Submission;

/// <summary>An account that owns vault.test, with a vaultbox, a device that sends as it, and a motor block of the domain; all made by API.</summary>
public sealed class SendingAccount(PortalProcess portal, TestAccount account)
{
    private readonly TestKey _key = new("sender@vault.test");

    public const string Address = "sender@vault.test";

    /// <summary>What a motor block writes as: no vaultbox has it.</summary>
    public const string PrinterAddress = "printer@vault.test";

    public TestAccount Account => account;

    public Guid VaultboxId { get; private set; }

    public JsonElement Device { get; private set; }

    public JsonElement MotorBlock { get; private set; }

    /// <summary>The certificate that the portal made for itself, which its users' programs trust here.</summary>
    public string Certificate { get; } = Path.Combine(portal.DataDirectory, "keys", "tls-self-signed.pem");

    public static async Task<SendingAccount> MakeAsync(PortalProcess portal, TestAccount owner)
    {
        var made = new SendingAccount(portal, owner);
        made.VaultboxId = await owner.NewVaultboxAsync("sender", made._key);
        made.Device = await made.NewDeviceAsync();
        made.MotorBlock = await owner.PostAsync("/api/v1/motor-blocks", new { label = "Printer", domain = "vault.test" });
        return made;
    }

    public Task<JsonElement> NewDeviceAsync() =>
        account.PostAsync($"/api/v1/vaultboxes/{VaultboxId}/devices", new { label = "Laptop", protocols = new[] { "smtp" } });

    /// <param name="login">device, address or motor block.</param>
    public (string Username, string Password, string From) LoginOf(string login) => login switch
    {
        "device" => (TextOf(Device, "username"), TextOf(Device, "password"), Address),
        "address" => (Address, TextOf(Device, "password"), Address),
        _ => (TextOf(MotorBlock, "username"), TextOf(MotorBlock, "password"), PrinterAddress),
    };

    public static string TextOf(JsonElement credential, string name) => credential.GetProperty(name).GetString()!;

    /// <summary>A plain message with the marker in its subject and text; CRLF.</summary>
    public static byte[] Mail(string from, string to, string marker) => Encoding.ASCII.GetBytes(
        $"From: {from}\r\nTo: {to}\r\nSubject: About {marker}\r\nDate: Mon, 2 Nov 2026 10:00:00 +0000\r\nMessage-ID: <{marker}@vault.test>\r\n\r\nThe word is {marker}.\r\n");

    /// <summary>Id of the vaultbox's newest message; null while there is none.</summary>
    public async Task<string?> NewestAsync() =>
        await account.MessagesAsync(VaultboxId) is [var newest, ..] ? newest.GetProperty("id").GetString() : null;

    /// <summary>That message, opened.</summary>
    public async Task<string> OpenNewestAsync()
    {
        var sealedMail = await account.DownloadAsync((await NewestAsync())!, "message/rfc822");
        return Encoding.Latin1.GetString(await SealedMail.OpenAsync(sealedMail, _key));
    }
}

/// <summary>That account on the portal of all classes.</summary>
public sealed class SharedSendingAccount(SharedPortal shared) : IAsyncLifetime
{
    public PortalProcess Portal => shared.Process;

    public SendingAccount Sender { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Sender = await SendingAccount.MakeAsync(shared.Process, shared.Admin);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
