using Portal.Platform.Accounts.Tokens;

namespace Portal.Web.Components.Account;

/// <summary>What each scope lets a token do, in words for its owner.</summary>
internal static class TokenScopeWords
{
    /// <summary>Scopes by what they are about, in the order of the form.</summary>
    internal static IReadOnlyList<(string Group, IReadOnlyList<(string Scope, string Words)> Scopes)> Groups { get; } =
    [
        ("Mail",
        [
            (TokenScopes.MessagesRead, "Read the list of sealed messages and fetch them. They stay sealed."),
            (TokenScopes.MessagesWrite, "Mark messages as read, answered or flagged."),
            (TokenScopes.LogsRead, "Read the processing log of your mail."),
        ]),
        ("Vaultboxes and keys",
        [
            (TokenScopes.VaultboxesRead, "List your vaultboxes and their public certificates."),
            (TokenScopes.VaultboxesWrite, "Make and change vaultboxes and addresses."),
            (TokenScopes.KeysRead, "Read your locked keys. They open with your passphrase only."),
            (TokenScopes.KeysWrite, "Add certificates and keys: decides to what new mail is sealed."),
        ]),
        ("Devices and senders",
        [
            (TokenScopes.CredentialsRead, "List devices and motor blocks, and see where they are used. Their passwords are never told again."),
            (TokenScopes.CredentialsWrite, "Make, change and revoke devices and motor blocks: gives new passwords for mail programs."),
        ]),
        ("Domains",
        [
            (TokenScopes.DomainsRead, "List the domains that you can use."),
            (TokenScopes.DomainsWrite, "Add and check domains."),
        ]),
        ("Account",
        [
            (TokenScopes.AccountRead, "Read your profile, sessions and tokens, and export your data."),
            (TokenScopes.AccountWrite, "Change the account, make and revoke tokens, end sessions, ask for its deletion."),
        ]),
        ("Everything",
        [
            (TokenScopes.Everything, "All that you may do yourself. Choose this only for something that you trust as much."),
        ]),
    ];

    /// <summary>The scope as a chip says it.</summary>
    internal static string Short(string scope) => scope == TokenScopes.Everything ? "everything" : scope;
}
