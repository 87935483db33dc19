namespace Portal.Architecture.Tests;

/// <summary>Who may name whom. The one table of the house's dependencies; each row has a planted violation in <c>Planted.cs</c>.</summary>
public static class Rules
{
    private static readonly string[] Databases = ["Microsoft.EntityFrameworkCore.", "Npgsql."];
    private static readonly string[] Ours = ["Portal.Mail.", "Portal.Smime.", "Portal.Passwords.", "Portal.Audit.", "Portal.Platform.", "Portal.Vault.", "Portal.Web.", "Portal.Migrations."];

    /// <summary>What a person does on a machine of their own with their key file, with readers that share no code with the sealer.</summary>
    private const string Opening = "Portal.Web.Cli.Opening.";

    public static readonly IReadOnlyList<Rule> All =
    [
        new("Mail knows nothing of ours", ["Portal.Mail."], Ours, Allowed: ["Portal.Mail."]),
        new("Mail knows no database and no S/MIME", ["Portal.Mail."], [.. Databases, "MimeKit.", "Org.BouncyCastle."]),
        new("Smime knows nothing of ours", ["Portal.Smime."], Ours, Allowed: ["Portal.Smime."]),
        new("Smime knows no database and no web", ["Portal.Smime."], [.. Databases, "Microsoft.AspNetCore."]),
        new("Passwords know nothing of ours", ["Portal.Passwords."], Ours, Allowed: ["Portal.Passwords."]),
        new("Passwords know no database", ["Portal.Passwords."], Databases),
        new("Audit knows nothing of ours", ["Portal.Audit."], Ours, Allowed: ["Portal.Audit."]),
        new("Platform knows Passwords and Audit alone", ["Portal.Platform."], Ours, Allowed: ["Portal.Platform.", "Portal.Passwords.", "Portal.Audit."]),
        new("Vault knows Smime, Passwords and Audit alone", ["Portal.Vault."], Ours, Allowed: ["Portal.Vault.", "Portal.Smime.", "Portal.Passwords.", "Portal.Audit."]),
        new("Migrations know the two contexts' projects alone", ["Portal.Migrations."], Ours,
            Allowed: ["Portal.Migrations.", "Portal.Platform.", "Portal.Vault.", "Portal.Audit."]),
        new("Pages name no database", ["Portal.Web.Components."], [.. Databases, "Portal.Vault.VaultContext", "Portal.Platform.PlatformContext"]),
        new("Endpoints name no database", ["Portal.Web.Api."], [.. Databases, "Portal.Vault.VaultContext", "Portal.Platform.PlatformContext"]),
        new("The web process holds no migrations", ["Portal.Web."], ["Portal.Migrations.", "Microsoft.EntityFrameworkCore.Migrations."]),
        // Two writers of mail are exempt: they read no mail of a user.
        new("Mail structure lives in Smime", ["Portal."], ["MimeKit."],
            ExemptSources: ["Portal.Smime.", "Portal.Web.MailHosting.SendTestMail", "Portal.Web.SystemMail.", Opening]),
        new("BouncyCastle lives in Smime", ["Portal."], ["Org.BouncyCastle."], ExemptSources: ["Portal.Smime.", Opening]),
        new("The server opens no sealed message", ["Portal."],
            ["System.Security.Cryptography.Pkcs.EnvelopedCms", "MimeKit.Cryptography.ApplicationPkcs7Mime", "Org.BouncyCastle.Cms.CmsEnvelopedDataParser"]),
        new("Only the verb open opens one", ["Portal."], [Opening], ExemptSources: [Opening, "Portal.Web.Cli.OpenCommand"]),
        new("No content comes over JS interop", ["Portal.Web."], ["Microsoft.JSInterop.JSInvokableAttribute"]),
    ];
}
