using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.EndToEnd.Tests.Support;

// How long a mail takes from the click on its row until it is painted, beside `openssl cms -decrypt` of the same sealed message to nothing, its
// start included. PORTAL_TEST_APP names the built portal. Before each opening the page is loaded anew, so nothing of the mail is at hand; keys
// stay unlocked in the tab. Rounds alternate; medians and ratios are printed (target 3). Ends with 1 when a target is missed.
const int Rounds = 7;
const double Target = 3;
const string ClickToPainted = """
    async (row, marker) => {
      const began = performance.now();
      row.click();
      const frame = () => new Promise(requestAnimationFrame);
      while (!document.querySelector('.vb-reader-text')?.textContent.includes(marker)) await frame();
      await frame();
      return performance.now() - began;
    }
    """;

await using var shared = new SharedPortal();
await shared.InitializeAsync();
var portal = shared.Process;
await using var chromium = new Chromium();
await chromium.InitializeAsync();
var account = await TestAccount.AddAsync(portal, "bench@people.test");
await using var visitor = await Visitor.ArriveAsync(chromium, portal.Url);
await visitor.SignInAsync(account);
var vaultbox = await visitor.NewVaultboxAsync("bench");
var folder = Directory.CreateTempSubdirectory("portal-bench-reading-");
try
{
    var pem = await ExportAsync();
    Console.WriteLine("| mail | the portal | openssl cms | ratio | target |\n|---|---|---|---|---|");
    var missed = await CompareAsync("10 KB", 10 * 1024, pem) + await CompareAsync("25 MB", 25 * 1024 * 1024, pem);
    Console.WriteLine($"{missed} missed");
    return missed == 0 ? 0 : 1;
}
finally
{
    folder.Delete(recursive: true);
}

async Task<string> ExportAsync()
{
    var page = visitor.Page;
    await page.GetByRole(AriaRole.Button, new() { Name = "Export the mail key" }).ClickAsync();
    await page.GetByLabel("Your passphrase, again", new() { Exact = true }).FillAsync(visitor.Passphrase);
    await page.GetByRole(AriaRole.Button, new() { Name = "Make the file" }).ClickAsync();
    var password = (await page.Locator("vb-key-export output.vb-once-secret").InnerTextAsync()).Trim();
    var file = await visitor.DownloadAsync(() => page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Save .*p12", RegexOptions.None, TimeSpan.FromSeconds(1)) }).ClickAsync());
    var (locked, open) = (Path.Combine(folder.FullName, "key.p12"), Path.Combine(folder.FullName, "key.pem"));
    await File.WriteAllBytesAsync(locked, file);
    await Tool.RunAsync("openssl", ["pkcs12", "-in", locked, "-noenc", "-passin", $"pass:{password}", "-out", open]);
    return open;
}

async Task<int> CompareAsync(string name, int size, string key)
{
    var marker = RandomNumberGenerator.GetHexString(16);
    await Senders.SendAsync("smtplib", portal.IntakePort, "bench@vault.test", Mail(name, marker, size));
    await visitor.GoAsync($"/mail/{vaultbox}");
    await visitor.UnlockIfLockedAsync();
    await Row(name).WaitForAsync();
    var newest = (await account.MessagesAsync(vaultbox))[0].GetProperty("id").GetString()!;
    var path = Path.Combine(folder.FullName, $"{size}.eml");
    await File.WriteAllBytesAsync(path, await account.DownloadAsync(newest, "message/rfc822"));
    var (ours, theirs) = (new List<double>(), new List<double>());
    for (var round = 0; round < Rounds; round++)
    {
        ours.Add(await OpenAsync(name, marker));
        theirs.Add(await ByOpensslAsync(path, key));
    }

    var (own, peer) = (Median(ours), Median(theirs));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {own:N0} ms | {peer:N0} ms | {own / peer:F2} | {Target:F0} |"));
    return own / peer > Target ? 1 : 0;
}

async Task<double> OpenAsync(string name, string marker)
{
    await visitor.GoAsync($"/mail/{vaultbox}");
    await visitor.UnlockIfLockedAsync();
    await Row(name).WaitForAsync();
    return await Row(name).EvaluateAsync<double>(ClickToPainted, marker);
}

ILocator Row(string name) => visitor.Page.Locator("vb-mail-list [role=row]").Filter(new() { HasText = $"Bench of {name}" }).First;

static async Task<double> ByOpensslAsync(string path, string key)
{
    var clock = Stopwatch.StartNew();
    await Tool.RunAsync("openssl", ["cms", "-decrypt", "-binary", "-inform", "SMIME", "-in", path, "-recip", key, "-inkey", key, "-out", "/dev/null"]);
    return clock.Elapsed.TotalMilliseconds;
}

// A text, and where the size asks for it an attachment of random octets.
static byte[] Mail(string name, string marker, int size)
{
    var text = new StringBuilder($"{marker}\r\n");
    while (text.Length < Math.Min(size, 8 * 1024))
        text.Append(RandomNumberGenerator.GetHexString(72)).Append("\r\n");
    var attachment = size > 64 * 1024
        ? "--b\r\nContent-Type: application/octet-stream; name=random.dat\r\nContent-Disposition: attachment; filename=random.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + Convert.ToBase64String(RandomNumberGenerator.GetBytes(size / 78 * 57), Base64FormattingOptions.InsertLineBreaks) + "\r\n"
        : string.Empty;
    return Encoding.ASCII.GetBytes(
        $"From: Tomas <tomas@sender.example>\r\nTo: bench@vault.test\r\nSubject: Bench of {name}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        + $"--b\r\nContent-Type: text/plain\r\n\r\n{text}\r\n{attachment}--b--\r\n");
}

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
